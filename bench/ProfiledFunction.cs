using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench;

/// <summary>A function, and its share of the samples.</summary>
/// <param name="Share">Of all samples, 0 to 1.</param>
/// <param name="Library">The file that it is of; for compiled methods perf's map.</param>
/// <param name="Name">As perf tells it.</param>
internal sealed partial record ProfiledFunction(double Share, string Library, string Name)
{
    // What kinds of work there are, by the names of types of the runtime's and of libraries. The first that fits is it.
    private static readonly (string Kind, string Pattern)[] s_kinds =
    [
        ("products", @"ProductKernel|StridedProduct|Panels|FewRowsProduct|RepeatedFactor|LaidFactor|RowProduct|mkl_|gemm"),
        ("convolutions",
            @"Winograd|Direct(Convolution|Kernel|Gradient)|ImageConvolution|KernelGradient|StridedImageGradient|ConvolutionSizes"
                + "|ColumnPlanes|PlanarImages|ChannelsLastImages|dnnl|im2col"),
        ("pools", @"MaxPoolLoop|pool"),
        ("update of the parameters", @"::Update|GradientNorm"),
        ("recurrent cells", @"LstmCells|GruCells|HyperbolicTangent|StepProduct|GruRecurrence|RnnRecurrence"),
        ("messages along edges", @"MessageLoop|EdgeLists"),
        ("losses, activations, normalisations and their derivatives",
            @"Loop::|TensorPrimitives|SoftmaxRow|GradientLoop|Exponential|IGradientRule|softmax|layer_norm|batch_norm"
                + "|gelu|silu|tanh|sigmoid"),
        ("checks of the batch", @"FiniteMemory|SeenFinite|ClassLabels|ModelInput|GraphInput|Targets::"),
        ("memory of the step", @"StepMemory|MemoryPlan|MemoryTrace|StepValues"),
        ("copies and clearing", @"memset|memcpy|memmove|SpanHelpers|copy_|fill_|clear_page|Buffer::"),
    ];

    /// <summary>What kind of work it does.</summary>
    public string Kind
    {
        get
        {
            if (IsWritten) return "code that libraries write when they run (oneDNN's convolutions)";
            string all = $"{Library} {Name}";
            foreach (var (kind, pattern) in s_kinds)
                if (Regex.IsMatch(all, pattern, RegexOptions.IgnoreCase)) return kind;
            return Library.Contains("torch", StringComparison.Ordinal) || Library.Contains("libc10", StringComparison.Ordinal)
                || Library.Contains("omp", StringComparison.Ordinal) ? "other operators of libtorch"
                : Library.Contains("kernel", StringComparison.Ordinal) ? "the system"
                : Library.Contains("libc", StringComparison.Ordinal) || Library.Contains("libstdc", StringComparison.Ordinal)
                ? "allocation by libc"
                : Library.Contains("clr", StringComparison.Ordinal) ? "the runtime of .NET"
                : "calls and what stands between them";
        }
    }

    /// <summary>A readable name: of a method its type and its own, of a native function that without parameters.</summary>
    public string Short
    {
        get
        {
            var method = MethodName().Match(Name);
            if (method.Success) return $"{method.Groups["type"].Value.Split('.')[^1]}.{method.Groups["name"].Value}";
            if (IsWritten) return "code that a library wrote";
            string name = Name.Replace("(anonymous namespace)::", "", StringComparison.Ordinal).Split('(', '<')[0];
            return name.Split(' ')[^1];
        }
    }

    // perf knows an address alone.
    private bool IsWritten => Name.StartsWith("0x", StringComparison.Ordinal);

    /// <summary>A line of perf's report; null for what is none.</summary>
    public static ProfiledFunction? Parse(string line)
    {
        string[] parts = line.Split('|', 3);
        return parts.Length == 3 && double.TryParse(
            parts[0].Trim().TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent)
            ? new ProfiledFunction(percent / 100, parts[1].Trim(), Symbol().Replace(parts[2], "").Trim())
            : null;
    }

    [GeneratedRegex(@"\[[^\]]+\] (?<type>[\w.+`<>]+)::(?<name>[\w.`|<>]+)")]
    private static partial Regex MethodName();

    [GeneratedRegex(@"^\s*\[[.k]\]\s*")]
    private static partial Regex Symbol();
}
