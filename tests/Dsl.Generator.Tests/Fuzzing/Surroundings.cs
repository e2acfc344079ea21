using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>Declarations that are right, under other names, in other namespaces, in other projects.</summary>
internal static class Surroundings
{
    private static readonly string[] Names =
    [
        "@class", "@event", "@record", "@field", "@var", "\u041c\u043e\u0434\u0435\u043b\u044c", "\u540d\u524d",
        "Gr\u00f6\u00dfe", "_", "__", "Tensor", "Math", "Batch", "Draws", "Losses",
        "torch", "System", "nn", "Dsl", "TorchSharp", "Device", "Generator", "Parameter", "Tape", "Model", "Trainer", "Step",
        "Fit", "Forward", "ReLU", "Linear",
        "IDisposable", "Evaluation", "Module", "value", "args", "ToString", "Aten", "Vector", "Span", "Runtime", "global", "x",
        "F0",
    ];

    private static readonly string[] Spaces =
    [
        "namespace {0};\n{1}", "namespace {0}\n{{\n{1}\n}}", "namespace {0}.Deep.Deeper;\n{1}", "namespace {0}.@event;\n{1}",
        "namespace {0}.@class.@new\n{{\n{1}\n}}",
        "namespace {0} {{ namespace Inner {{\n{1}\n}} }}", "namespace {0} {{ using System; using System.Linq;\n{1}\n}}",
        "namespace {0}.{2};\n{1}", "namespace {0}.Dsl;\n{1}",
        "namespace {0}.System;\n{1}", "namespace {0}.TorchSharp;\n{1}", "namespace {0}.Tensor;\n{1}",
        "namespace {0}.nn {{\n{1}\n}}", "namespace {0}.torch;\n{1}",
        "namespace {0} {{\n{1}\n}}\nnamespace {0}.Math {{ internal class Other; }}",
        "namespace {0} {{\n{1}\n internal class Device; }}",
        "namespace {0}.\u540d\u524d;\n{1}", "namespace {0}.Modules {{\n{1}\n}}",
    ];

    private static readonly string[] Usings =
    [
        "", "using System;\n", "using System;\nusing System.Linq;\nusing System.Numerics;\n", "using static System.Math;\n",
        "using T = TorchSharp.torch;\n", "using Math = System.MathF;\n",
        "using M = Dsl.ModelAttribute;\n", "using System.Numerics.Tensors;\n", "using Device = System.Int32;\n",
        "#nullable disable\n", "#nullable enable\n", "#nullable disable warnings\n",
        "using static TorchSharp.torch.nn;\n", "using TorchSharp.Modules;\nusing Dsl.Runtime;\n",
    ];

    private static readonly string[] GlobalUsings =
    [
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;\n",
        "global using Acme;\nnamespace Acme { internal class Device; internal class Math; internal class Evaluation; }\n",
        "global using Acme;\nnamespace Acme { public class IDisposable; public class Generator; public static class Aten { } }\n",
        "global using static Acme.Parts;\n"
        + "namespace Acme { internal static class Parts { internal class Checkpoint; internal static int zeros(int x) => x; "
        + "} }\n",
        "global using static System.Math;\n", "global using static TorchSharp.torch;\n",
        "global using static TorchSharp.torch.nn.functional;\n", "global using Math = System.MathF;\n",
        "global using Vector = System.Random;\n", "global using Checkpoint = System.String;\n",
        "global using TorchSharp; global using TorchSharp.Modules; global using Dsl.Runtime;\n",
        "global using Dsl; global using System.Numerics;\n", "global using Number = int;\n", "global using nn = System.Int32;\n",
        "global using static System.Console; global using static System.Linq.Enumerable;\n",
        "[assembly: System.CLSCompliant(true)]\n", "internal class Tensor; internal class Math { }\n",
        "namespace System { internal class Oddity; }\n",
        "namespace Dsl { internal class Local; }\nnamespace Dsl.Runtime { internal class Local; }\n",
        "internal class GlobalType { }\n",
    ];

    private static readonly LanguageVersion[] Languages =
        [LanguageVersion.CSharp13, LanguageVersion.Latest, LanguageVersion.Preview];

    /// <summary>A project, as a function of the random numbers.</summary>
    public static FuzzProject Project(Random random)
    {
        var usings = new List<string>();
        for (int count = random.Next(4); count > 0; count--) usings.Add(Pick(GlobalUsings, random));

        // Directives stand before what a file declares.
        var pieces = usings.Distinct().SelectMany(text => text.Split('\n')).Where(line => line.Length > 0)
            .Select((line, place) => (line, place)).OrderBy(piece => Rank(piece.line)).ThenBy(piece => piece.place)
                .Select(piece => piece.line).Distinct();
        return new FuzzProject(Languages[random.Next(Languages.Length)],
            random.Next(2) == 0 ? NullableContextOptions.Enable : NullableContextOptions.Disable, string.Join("\n", pieces));
    }

    /// <summary>A declaration in other surroundings.</summary>
    public static FuzzCase Case(int seed, int number, int slot)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        string unit = Corpus.Units[random.Next(Corpus.Units.Count)];
        var types = CSharpSyntaxTree.ParseText(unit, Declared.ParseOptions).GetRoot().DescendantNodes()
            .OfType<TypeDeclarationSyntax>()
            .Select(type => type.Identifier.Text).Distinct().ToList();
        string first = types[0];
        for (int count = random.Next(3); count > 0 && types.Count > 0; count--)
        {
            string renamed = types[random.Next(types.Count)], name = Pick(Names, random);
            types.Remove(renamed);
            unit = Rename(unit, renamed, name);
            if (renamed == first) first = name;
        }

        string usings = string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Pick(Usings, random)).Distinct());
        string space = string.Format(System.Globalization.CultureInfo.InvariantCulture, Pick(Spaces, random), $"F{slot}", unit,
            first);
        string directives = $"using Dsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n{usings}";
        return new FuzzCase(seed, number, slot, ["surroundings"], directives + space);
    }

    private static int Rank(string line) => line.StartsWith("global using", StringComparison.Ordinal) ? 0
        : line.StartsWith("[assembly", StringComparison.Ordinal) ? 1
        : 2;

    private static string Rename(string text, string from, string to)
    {
        var tokens = CSharpSyntaxTree.ParseText(text, Declared.ParseOptions).GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == from).Reverse();
        foreach (var token in tokens) text = text[..token.SpanStart] + to + text[token.Span.End..];
        return text;
    }

    private static string Pick(string[] texts, Random random) => texts[random.Next(texts.Length)];
}
