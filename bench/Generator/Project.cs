using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GeneratorBench;

/// <summary>A project as an editor holds it: models, and files that have nothing to do with them.</summary>
internal static class Project
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp13);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "netstandard.dll"
                || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(Path.Combine(AppContext.BaseDirectory, "language", "Dsl.Attributes.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Of(IEnumerable<SyntaxTree> files) => CSharpCompilation.Create(
        "Project", files, References, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What the package says to an editor.</summary>
    public static AnalyzerConfigOptionsProvider InEditor { get; } = new EditorOptions();

    public static GeneratorDriver Driver(IIncrementalGenerator generator, AnalyzerConfigOptionsProvider? options = null) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Options, optionsProvider: options);

    public static SyntaxTree Model(string name, int layers, int width)
    {
        var text = new StringBuilder($"using Dsl;\n\nnamespace Models;\n\n[Model({width})");
        for (int layer = 1; layer < layers; layer += 2)
            text.Append(CultureInfo.InvariantCulture, $",\n    Linear({width}), ReLU");
        return Parse(text.Append(CultureInfo.InvariantCulture, $"]\npublic partial class {name};\n").ToString(), name);
    }

    /// <summary>A file of the rest of the project: a class of ten methods.</summary>
    public static SyntaxTree Other(int number)
    {
        var text = new StringBuilder($"namespace Rest;\n\npublic class Other{number}\n{{\n");
        for (int method = 0; method < 10; method++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"    public int Method{method}(int x)\n    {{\n        int y = x * {number};\n        return y + "
                + $"{method};\n    }}\n\n");
        return Parse(text.Append("}\n").ToString(), $"Other{number}");
    }

    /// <summary>The tree with other text in place of the first occurrence of a piece, parsed as an editor does: what is
    /// unchanged is kept.</summary>
    public static SyntaxTree Edit(SyntaxTree tree, string old, string text)
    {
        var source = tree.GetText();
        int place = source.ToString().IndexOf(old, StringComparison.Ordinal);
        return tree.WithChangedText(source.WithChanges(new TextChange(new TextSpan(place, old.Length), text)));
    }

    private static SyntaxTree Parse(string text, string name) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Options, $"/project/{name}.cs");

    private sealed class EditorOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Findings();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Findings : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key == CompilerOptions.FindingsKey ? "analyzers" : null;
                return value is not null;
            }
        }
    }
}
