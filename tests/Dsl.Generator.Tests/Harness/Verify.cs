using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What the tests assert of a generator run.</summary>
internal static partial class Verify
{
    /// <summary>
    /// The marked diagnostics and no others, at exactly the marked places and of their severities, and none where #pragma turns
    /// them off; C# finds no error that is not marked.
    /// </summary>
    public static Task Diagnostics(string markup, params (string Key, string Value)[] options) =>
        OfDiagnostics(markup, options).RunAsync();

    /// <summary>A diagnostic with its other places: <c>{|#0:text|}</c> marks the first, <c>{|#1:text|}</c> the second.</summary>
    public static Task Reports(string markup, DiagnosticResult expected)
    {
        var test = OfDiagnostics(markup);
        test.ExpectedDiagnostics.Add(expected);
        return test.RunAsync();
    }

    /// <summary>A diagnostic to expect, of which places and words are still to be said.</summary>
    public static DiagnosticResult Of(string id) => new(Catalogue.ById[id]);

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

    /// <summary>The same without an error; of the diagnostics that are for information, only one may not occur.</summary>
    public static Task Correct(string source, string id, params (string Key, string Value)[] options)
    {
        var test = new GeneratorTest(source, options)
        {
            TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,
            MayOccur = diagnostic => diagnostic.Severity <= DiagnosticSeverity.Info && diagnostic.Id != id,
        };
        return test.RunAsync();
    }

    /// <summary>The generated files equal the checked-in ones; UPDATE_SNAPSHOTS=1 rewrites these.</summary>
    public static Task Snapshot(string markup, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", test);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") Rewrite(folder, Declared.Generate(Unmarked(markup)));
        Assert.True(Directory.Exists(folder), $"no snapshots in {folder}; run the tests with UPDATE_SNAPSHOTS=1");
        var compared = new GeneratorTest(markup);
        foreach (string path in Directory.GetFiles(folder))
        {
            var text = SourceText.From(File.ReadAllText(path), Encoding.UTF8);
            compared.TestState.GeneratedSources.Add((typeof(DslGenerator), Path.GetFileName(path), text));
        }

        compared.TestState.GeneratedSources.Add(
            (typeof(DslGenerator), StartupEmitter.HintName, SourceText.From(StartupEmitter.Source, Encoding.UTF8)));
        return compared.RunAsync();
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

        bool equal = File.Exists(path) && File.ReadAllText(path) == text;
        Assert.True(equal, $"{path} is missing, or is not what the compiler writes: {hint}");
    }

    private static GeneratorTest OfDiagnostics(string markup, params (string Key, string Value)[] options) => new(markup, options)
    {
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,

        // A class that can have no second part has no other half of a partial method.
        DisabledDiagnostics = { "CS8795" },
    };

    private static string Unmarked(string markup)
    {
        TestFileMarkupParser.GetSpans(markup, treatPositionIndicatorsAsCode: true, out string source, out _);
        return source;
    }

    private static void Rewrite(string folder, IReadOnlyDictionary<string, string> files)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (hint, text) in files) File.WriteAllText(Path.Combine(folder, hint), text);
    }
}
