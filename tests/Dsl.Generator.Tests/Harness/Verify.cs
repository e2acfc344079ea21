using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Dsl.Generator.Emitting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What the tests assert of a generator run.</summary>
internal static class Verify
{
    /// <summary>The marked diagnostics and no others, at exactly the marked places, where #pragma turns them off; and C# finds no other error.</summary>
    public static Task Diagnostics(string markup, params (string Key, string Value)[] options) => OfDiagnostics(markup, options).RunAsync();

    /// <summary>The message of the only diagnostic, which is marked.</summary>
    public static Task Message(string markup, string message) => Message(markup, said => Assert.Equal(message, said));

    /// <summary>What holds of that message.</summary>
    public static async Task Message(string markup, Action<string> holds)
    {
        var said = new List<string>();
        var test = OfDiagnostics(markup);
        test.DiagnosticVerifier += (actual, _, _) => said.Add(actual.GetMessage(CultureInfo.InvariantCulture));
        await test.RunAsync();
        holds(Assert.Single(said));
    }

    /// <summary>Declarations and generated files together compile without a warning.</summary>
    public static Task Compiles(string source, params (string Key, string Value)[] options) => new GeneratorTest(source, options)
    {
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,
        CompilerDiagnostics = CompilerDiagnostics.Warnings,
    }.RunAsync();

    /// <summary>The generated files equal the checked-in ones; UPDATE_SNAPSHOTS=1 rewrites these.</summary>
    public static Task Snapshot(string source, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", test);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") Rewrite(folder, Declared.Generate(source));
        Assert.True(Directory.Exists(folder), $"no snapshots in {folder}; run the tests with UPDATE_SNAPSHOTS=1");
        var compared = new GeneratorTest(source);
        foreach (string path in Directory.GetFiles(folder))
            compared.TestState.GeneratedSources.Add((typeof(DslGenerator), Path.GetFileName(path), SourceText.From(File.ReadAllText(path), Encoding.UTF8)));
        compared.TestState.GeneratedSources.Add((typeof(DslGenerator), StartupEmitter.HintName, SourceText.From(StartupEmitter.Source, Encoding.UTF8)));
        return compared.RunAsync();
    }

    /// <summary>Fixes are offered at the marked places and nowhere else.</summary>
    public static Task Hidden(string markup) => new HiddenTest(markup).RunAsync();

    /// <summary>
    /// The fix of that title, alone and as one of all in a document, project or solution, gives exactly that text, after which its finding
    /// is gone. Marked is where fixes are offered, of which the finding's come first.
    /// </summary>
    public static async Task Fixed(string id, string title, string before, string after, params (string Key, string Value)[] options)
    {
        var offered = new List<string?>();
        await new FixTest(action => action.Title == title, options)
        {
            TestCode = before,
            FixedCode = after,
            // What is wrong in a block is found at the model that uses it: in the analysis of another class than the one it stands in.
            CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne
                | (before.Contains("[Block", StringComparison.Ordinal) ? CodeFixTestBehaviors.SkipLocalDiagnosticCheck : CodeFixTestBehaviors.None),
            DiagnosticVerifier = (actual, _, _) =>
            {
                if (actual.Properties.TryGetValue("Id", out string? of)) offered.Add(of);
            },
        }.RunAsync();
        Assert.Equal(id, offered[0]);
        Assert.DoesNotContain(id, offered.Skip(1));
        TestFileMarkupParser.GetSpans(after, treatPositionIndicatorsAsCode: true, out string text, out _);
        Assert.DoesNotContain(
            Declared.Driver(options).RunGenerators(Declared.Compile(text)).GetRunResult().Diagnostics, diagnostic => diagnostic.Id == id);
    }

    private static GeneratorTest OfDiagnostics(string markup, params (string Key, string Value)[] options) => new(markup, options)
    {
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,

        // The other half of a partial method is not generated for a declaration with an error.
        DisabledDiagnostics = { "CS8795" },
    };

    private static void Rewrite(string folder, IReadOnlyDictionary<string, string> files)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (hint, text) in files) File.WriteAllText(Path.Combine(folder, hint), text);
    }

    /// <summary>A text equals the checked-in one; UPDATE_SNAPSHOTS=1 rewrites this.</summary>
    /// <param name="path">The checked-in file.</param>
    /// <param name="hint">What rewrites it, for the message.</param>
    public static void Text(string path, string text, string hint = "run the tests with UPDATE_SNAPSHOTS=1")
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"{path} is missing, or is not what the compiler writes: {hint}");
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
