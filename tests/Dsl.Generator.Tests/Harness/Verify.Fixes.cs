using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What the tests assert of fixes.</summary>
internal static partial class Verify
{
    /// <summary>Fixes are offered at the marked places and nowhere else.</summary>
    public static Task Hidden(string markup) => new HiddenTest(markup).RunAsync();

    /// <summary>
    /// The fix of that title, alone and as one of all in a document, project or solution, gives exactly that text, after which
    /// its finding is gone. Marked is where fixes are offered, of which the finding's come first.
    /// </summary>
    public static async Task Fixed(
        string id, string title, string before, string after, params (string Key, string Value)[] options)
    {
        // What is wrong in a block is found at the model that uses it, in the analysis of another class.
        bool elsewhere = before.Contains("[Block", StringComparison.Ordinal);
        var offered = new List<string?>();
        await new FixTest(action => action.Title == title, options)
        {
            TestCode = before,
            FixedCode = after,
            CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne
                | (elsewhere ? CodeFixTestBehaviors.SkipLocalDiagnosticCheck : CodeFixTestBehaviors.None),
            DiagnosticVerifier = (actual, _, _) =>
            {
                if (actual.Properties.TryGetValue("Id", out string? of)) offered.Add(of);
            },
        }.RunAsync();
        Assert.Equal(id, offered[0]);
        Assert.DoesNotContain(id, offered.Skip(1));

        var reported = Declared.Driver(options).RunGenerators(Declared.Compile(Unmarked(after))).GetRunResult().Diagnostics;
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id == id);
    }
}
