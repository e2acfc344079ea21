using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Embedding;

/// <summary>The handwritten digits of the folder that the environment variable DSL_DATA names, as their pixels.</summary>
internal static class Optdigits
{
    private static string? Root => Environment.GetEnvironmentVariable("DSL_DATA");

    /// <summary>Why a test is skipped; null where the files are there.</summary>
    public static string? Absence => File.Exists(Where("tes")) ? null
        : $"DSL_DATA is {(Root is null ? "not set" : $"'{Root}'")}: it names the folder that holds optdigits/optdigits.tes.gz.";

    /// <summary>3,823 rows to learn from and 1,797 to test on; they belong to the caller's scope.</summary>
    public static (Tensor Train, Tensor TrainLabels, Tensor Test, Tensor TestLabels) Load()
    {
        using InMemoryData first = CsvData.Load(Where("tra")), second = CsvData.Load(Where("hol"));
        using var test = CsvData.Load(Where("tes"));
        return (cat([first.Inputs, second.Inputs]), cat([first.Labels, second.Labels]), test.Inputs.clone(), test.Labels.clone());
    }

    private static string Where(string part) => Path.Combine(Root ?? "", "optdigits", $"optdigits.{part}.gz");
}

/// <summary>A test that needs the digits.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OptdigitsFactAttribute : FactAttribute
{
    public OptdigitsFactAttribute() => Skip = Optdigits.Absence;
}
