using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The C# examples of the manual.</summary>
internal static class Pages
{
    /// <summary>The page of a diagnostic: its wrong example has it and no other, its right example has none and compiles.</summary>
    public static void Check(string id)
    {
        var examples = Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Count);
        Assert.Equal([id], Reported(examples[0]).Distinct());
        Assert.Empty(Reported(examples[1]));
        Verify.Compiles(examples[1]);
    }

    /// <summary>Every example of a chapter compiles, without a finding.</summary>
    public static void CheckChapter(string page, int count)
    {
        var examples = Examples(page);
        Assert.Equal(count, examples.Count);
        foreach (string example in examples)
        {
            Assert.Empty(Reported(example));
            Verify.Compiles(example);
        }
    }

    /// <summary>Each example of a page under docs, as a file of its own.</summary>
    public static IReadOnlyList<string> Examples(string page) =>
        [.. Regex.Matches(Read(page), "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
            .Select(example => "using Dsl;\n\n" + example.Groups[1].Value)];

    /// <summary>The text of a page under docs.</summary>
    public static string Read(string page) => File.ReadAllText(Path.Combine(Folder(), page));

    private static string[] Reported(string example) =>
        [.. Declared.Driver().RunGenerators(Declared.Compile(example)).GetRunResult().Diagnostics.Select(diagnostic => diagnostic.Id)];

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs");
}
