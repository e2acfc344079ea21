using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The examples of the documentation.</summary>
internal static class Pages
{
    /// <summary>The page of a diagnostic: its wrong example has it and no other, its right example has none and compiles.</summary>
    public static void Check(string id)
    {
        string[] examples = Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], Reported(examples[0]).Distinct());
        Assert.Empty(Reported(examples[1]));
        Verify.Compiles($"using Dsl;\n{examples[1]}");
    }

    /// <summary>Every example of a chapter compiles, without a finding.</summary>
    public static void CheckChapter(string page, int count)
    {
        string[] examples = Examples(page);
        Assert.Equal(count, examples.Length);
        foreach (string example in examples)
        {
            Assert.Empty(Reported(example));
            Verify.Compiles($"using Dsl;\n{example}");
        }
    }

    private static string[] Reported(string example) =>
        [.. Declared.Driver().RunGenerators(Declared.Compile($"using Dsl;\n{example}")).GetRunResult().Diagnostics.Select(diagnostic => diagnostic.Id)];

    /// <summary>The text of a page.</summary>
    public static string Read(string page) => File.ReadAllText(Path.Combine(Folder(), page));

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs");

    private static string[] Examples(string page) =>
        [.. Regex.Matches(Read(page), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
}
