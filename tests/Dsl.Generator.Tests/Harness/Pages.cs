using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Tests;

/// <summary>The pages of the documentation and the C# in them.</summary>
internal static partial class Pages
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs"));

    /// <summary>A page's text with what stands between the fences left out, so that a comment is no heading.</summary>
    public static string Prose(string page) => Fenced().Replace(Read(page), "");

    public static string Read(string page) => File.ReadAllText(Path.Combine(Folder, page));

    /// <summary>Each block of C# below a heading, or of the whole page, as a file of its own.</summary>
    public static IReadOnlyList<string> Examples(string page, string? heading = null)
    {
        string text = Read(page);
        if (heading is not null)
        {
            int start = text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal) + 1;
            int end = text.IndexOf("\n## ", start, StringComparison.Ordinal);
            text = start == 0 ? "" : text[start..(end < 0 ? text.Length : end)];
        }

        return [.. Fenced().Matches(text)
            .Select(match => $"using Dsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\n{match.Groups[1].Value}")];
    }

    /// <summary>
    /// The ids that the compiler reports of an example; of those that are for information, only the one asked for. A page marks
    /// no places, without which the testing package compares nothing.
    /// </summary>
    public static string[] Faults(string example, string id, params (string Key, string Value)[] options) =>
    [
        .. Declared.Driver(options).RunGenerators(Declared.Compile(example)).GetRunResult().Diagnostics
            .Where(found => found.Id == id || found.Severity > DiagnosticSeverity.Info).Select(found => found.Id).Distinct(),
    ];

    /// <summary>The line of a diagnostic's page that says which fixes are offered for its wrong example; empty where none
    /// is.</summary>
    public static string Offers(string page) =>
        Read(page).Split('\n').FirstOrDefault(line => Regex.IsMatch(line, "^Code fix(es)?: ")) ?? "";

    /// <summary>Writes that line at the end of the right example.</summary>
    public static void WriteOffers(string page, string line)
    {
        string text = Read(page);
        if (Offers(page) is { Length: > 0 } old) text = text.Replace(old + "\n\n", "", StringComparison.Ordinal);
        if (line.Length > 0) text = text.Replace("\n## Source\n", $"\n{line}\n\n## Source\n", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, page), text);
    }

    /// <summary>Errors that C# finds in an example, but for the generated part of a partial method, which is missing.</summary>
    public static string[] OwnErrors(string example) =>
    [
        .. Declared.Compile(example).GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error && found.Id != "CS8795").Select(found => found.ToString()),
    ];

    /// <summary>Whether C# has an error of its own for what a diagnostic explains: a name that does not exist.</summary>
    public static bool IsUnknownName(string id) => id is "DSL110" or "DSL111";

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
