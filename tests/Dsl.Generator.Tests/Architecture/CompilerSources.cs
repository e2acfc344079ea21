using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>The compiler's own sources, compiled in memory as Roslyn sees them.</summary>
internal static class CompilerSources
{
    /// <summary>The folders of techniques: a file each.</summary>
    public static readonly ImmutableArray<string> Techniques =
        ["Layers", "Augmentations", "Objectives", "Mixings", "Schemes", "Optimizers", "Schedules", "Recipes"];

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    /// <summary>Where the compiler's sources are.</summary>
    public static string Compiler { get; } = Path.Combine(Root, "src", "Dsl.Generator");

    private static readonly Lazy<CSharpCompilation> Compiled = new(() => Compile());

    /// <summary>Compiler and attributes, as one assembly.</summary>
    public static CSharpCompilation Compilation => Compiled.Value;

    /// <summary>The trees of the compiler itself.</summary>
    public static IEnumerable<SyntaxTree> Trees => Compilation.SyntaxTrees.Where(tree => IsCompiler(tree.FilePath));

    /// <summary>The outermost folder of a file of the compiler; empty for one in no folder.</summary>
    public static string Folder(string path)
    {
        string relative = Path.GetRelativePath(Compiler, path).Replace('\\', '/');
        return relative.Contains('/', StringComparison.Ordinal) ? relative.Split('/')[0] : "";
    }

    /// <summary>A file as messages show it.</summary>
    public static string Show(string path) => Path.GetRelativePath(Compiler, path).Replace('\\', '/');

    /// <summary>Compiler and attributes with further files.</summary>
    public static CSharpCompilation Compile(params (string Path, string Source)[] more) => CSharpCompilation.Create(
        "Dsl.Generator",
        Files().Select(path => (Path: path, Source: File.ReadAllText(path))).Concat(more)
            .Select(file => CSharpSyntaxTree.ParseText(
                file.Source, new CSharpParseOptions(LanguageVersion.Preview), file.Path, System.Text.Encoding.UTF8)),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The attributes alone, with further files.</summary>
    public static CSharpCompilation Language(IEnumerable<(string Path, string Source)> more)
    {
        var all = Compile([.. more]).WithAssemblyName("Dsl.Attributes");
        return all.RemoveSyntaxTrees(all.SyntaxTrees.Where(tree => IsCompiler(tree.FilePath)));
    }

    /// <summary>The type of the compiler, or of the language, that a name in a source stands for or belongs to; null for any
    /// other.</summary>
    public static INamedTypeSymbol? TypeOf(SemanticModel model, SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        var type = symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
            INamedTypeSymbol named => named,
            IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is not null) type = type.ContainingType;
        return type?.OriginalDefinition;
    }

    /// <summary>The names in a source that stand for something: those of directives and of documentation are left out.</summary>
    public static IEnumerable<SimpleNameSyntax> Names(SyntaxTree tree) => tree.GetRoot().DescendantNodes()
        .OfType<SimpleNameSyntax>().Where(name => name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null);

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"
                    or "Microsoft.CodeAnalysis.dll" or "Microsoft.CodeAnalysis.CSharp.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static bool IsCompiler(string path) =>
        path.StartsWith(Compiler + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Files() => new[] { Compiler, Path.Combine(Root, "src", "Dsl.Attributes") }
        .SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).StartsWith("obj", StringComparison.Ordinal)
                && !Path.GetRelativePath(folder, path).StartsWith("bin", StringComparison.Ordinal)));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
