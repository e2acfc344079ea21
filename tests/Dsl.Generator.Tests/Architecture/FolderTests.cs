using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>The folders of the compiler form the stack that the documentation draws.</summary>
public class FolderTests
{
    private static readonly Lazy<IReadOnlyList<Arrow>> Arrows = new(Read);

    [Fact]
    public void The_sources_compile() => Assert.Empty(
        CompilerSources.Compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));

    [Fact]
    public void The_stack_names_every_folder_once() => Assert.Equal(
        Directory.GetDirectories(CompilerSources.Compiler).Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal),
        Levels().SelectMany(level => level).Order(StringComparer.Ordinal));

    [Fact]
    public void No_arrow_goes_up_or_aside()
    {
        var levels = Levels();
        var faults = Arrows.Value.Where(arrow => Level(arrow.From) <= Level(arrow.To))
            .Select(arrow => $"{CompilerSources.Show(arrow.File)} uses {arrow.Type} of {arrow.To}").Distinct().ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults));

        // What stands in no folder is above all.
        int Level(string folder) => folder.Length == 0 ? levels.Count : levels.FindIndex(level => level.Contains(folder));
    }

    [Fact]
    public void Arrows_are_found()
    {
        // A test that reads nothing would hold.
        Assert.Contains(Arrows.Value, arrow => arrow is { From: "Passes", To: "Graph", Type: "Operation" });
        Assert.Contains(Arrows.Value, arrow => arrow is { From: "Schemes", To: "Lowering", Type: "StepContext" });
        Assert.Contains(Arrows.Value, arrow => arrow is { From: "", To: "Reading" });
        Assert.DoesNotContain(Arrows.Value, arrow => arrow is { To: "Reading", From: not "" });
    }

    [Fact]
    public void Only_Reading_sees_symbols()
    {
        var seen = CompilerSources.Trees
            .Where(tree => CompilerSources.Folder(tree.FilePath) is not ("Reading" or ""))
            .SelectMany(tree =>
            {
                var model = CompilerSources.Compilation.GetSemanticModel(tree);
                return CompilerSources.Names(tree).Select(name => CompilerSources.TypeOf(model, name))
                    .Where(type => type is not null && typeof(ISymbol).IsAssignableFrom(Roslyn(type)))
                    .Select(type => $"{CompilerSources.Show(tree.FilePath)} sees {type!.Name}");
            });
        Assert.Empty(seen.Distinct());

        static Type? Roslyn(INamedTypeSymbol type) =>
            type.ContainingNamespace.ToString() == "Microsoft.CodeAnalysis"
                ? typeof(ISymbol).Assembly.GetType($"Microsoft.CodeAnalysis.{type.Name}") : null;
    }

    private static List<string[]> Levels()
    {
        string text = Pages.Read("architecture.md");
        int start = text.IndexOf("### The folders are a stack", StringComparison.Ordinal);
        start = text.IndexOf("```\n", start, StringComparison.Ordinal) + 4;
        string[] lines = text[start..text.IndexOf("```", start, StringComparison.Ordinal)].Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Reverse().Select(line => line.Split(' '))];
    }

    private static List<Arrow> Read()
    {
        var compilation = CompilerSources.Compilation;
        var folders = new Dictionary<INamedTypeSymbol, string?>(SymbolEqualityComparer.Default);
        var arrows = new HashSet<Arrow>();
        foreach (var tree in CompilerSources.Trees)
        {
            var model = compilation.GetSemanticModel(tree);
            string from = CompilerSources.Folder(tree.FilePath);
            foreach (var name in CompilerSources.Names(tree))
            {
                if (CompilerSources.TypeOf(model, name) is not { } type) continue;
                if (!folders.TryGetValue(type, out string? to))
                {
                    string? file = type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
                    folders[type] = to = file is not null && CompilerSources.Trees.Any(known => known.FilePath == file)
                        ? CompilerSources.Folder(file) : null;
                }

                if (to is not null && to != from) arrows.Add(new Arrow(from, to, type.Name, tree.FilePath));
            }
        }

        return [.. arrows];
    }

    private sealed record Arrow(string From, string To, string Type, string File);
}
