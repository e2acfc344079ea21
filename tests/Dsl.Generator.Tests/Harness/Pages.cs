using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests;

/// <summary>The C# examples of the manual.</summary>
internal static class Pages
{
    /// <summary>Each example of a page under docs, as a file of its own.</summary>
    public static IReadOnlyList<string> Examples(string page) =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(Folder(), page)), "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
            .Select(example => "using Dsl;\n\n" + example.Groups[1].Value)];

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs");
}
