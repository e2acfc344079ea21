using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What the tests assert of a generator run.</summary>
internal static class Verify
{
    /// <summary>The marked diagnostics and no others, at exactly the marked places.</summary>
    public static void Diagnostics(string markup, params (string Key, string Value)[] options)
    {
        var (source, expected) = Markup.Parse(markup);
        var reported = Declared.Driver(options).RunGenerators(Declared.Compile(source)).GetRunResult().Diagnostics;
        var actual = reported.Select(diagnostic => (diagnostic.Id, Span: diagnostic.Location.SourceSpan))
            .OrderBy(found => found.Span.Start).ThenBy(found => found.Id, StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, actual);

        // A location that is not in a source file could not be suppressed by #pragma.
        Assert.All(reported, diagnostic => Assert.Equal(LocationKind.SourceFile, diagnostic.Location.Kind));
    }

    /// <summary>The message of the only diagnostic.</summary>
    public static string Message(string source) => Assert.Single(
        Declared.Driver().RunGenerators(Declared.Compile(source)).GetRunResult().Diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Declarations and generated files together compile, the generated ones without a warning.</summary>
    public static void Compiles(string source, params (string Key, string Value)[] options)
    {
        var compilation = Declared.Compile(source);
        Declared.Driver(options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported);
        Assert.Empty(reported);
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && !compilation.ContainsSyntaxTree(tree))));
    }

    /// <summary>The generated files equal the checked-in ones; UPDATE_SNAPSHOTS=1 rewrites these.</summary>
    public static void Snapshot(string source, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        var generated = Declared.Generate(source);
        string folder = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", test);
        bool update = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";
        if (update && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (hint, text) in generated)
        {
            string path = Path.Combine(folder, hint);
            if (update) File.WriteAllText(path, text);
            Assert.True(File.Exists(path), $"no snapshot {path}; run the tests with UPDATE_SNAPSHOTS=1");
            Assert.Equal(File.ReadAllText(path), text);
        }

        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), generated.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Edits that concern no declaration re-run no step behind the reading of declarations.</summary>
    public static void Cacheable(string source)
    {
        var compilation = Declared.Compile(source, "class Unrelated;");
        var driver = Declared.Driver().RunGenerators(compilation);
        foreach (string step in DslGenerator.Steps)
        {
            foreach (var output in driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(run => run.Outputs))
                AssertNoRoslynObjects(output.Value, step);
        }

        Rerun("the same compilation", compilation.Clone());
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Declared.Tree("class Unrelated { int x; }", "/0/File1.cs"));
        Rerun("an edit in another file", compilation);
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], Declared.Tree("// moved\n\n" + source, "/0/File0.cs"));
        Rerun("a declaration two lines further down", compilation);

        void Rerun(string edit, CSharpCompilation next)
        {
            driver = driver.RunGenerators(next);
            var steps = driver.GetRunResult().Results[0].TrackedSteps;
            foreach (string step in DslGenerator.Steps)
            {
                foreach (var (_, reason) in steps[step].SelectMany(run => run.Outputs))
                    Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{edit}: {step} was {reason}");
            }
        }
    }

    private static void AssertNoRoslynObjects(object? root, string step)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Visit(root, root?.GetType().Name ?? "null");

        void Visit(object? node, string path)
        {
            if (node is null or string || node.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(node)) return;
            Assert.False(
                node is Microsoft.CodeAnalysis.Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel or Location or AttributeData or Diagnostic,
                $"step {step} holds a {node.GetType().Name} at {path}");
            if (node is IEnumerable items)
                foreach (object? item in items) Visit(item, path + "[]");
            for (Type? type = node.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    if (!field.FieldType.IsPointer) Visit(field.GetValue(node), $"{path}.{field.Name}");
            }
        }
    }
}
