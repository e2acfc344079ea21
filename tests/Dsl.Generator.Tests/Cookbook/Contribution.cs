using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>What a technique adds to generated code: lines that are not there without it.</summary>
/// <param name="Notation">Lines of the remarks of generated types.</param>
/// <param name="Code">Lines of methods, with the method's name above them.</param>
/// <param name="Left">How many further lines of those methods are left out.</param>
/// <param name="Others">Further members in which something changes.</param>
internal sealed partial record Contribution(
    IReadOnlyList<string> Notation, IReadOnlyList<string> Code, int Left, IReadOnlyList<string> Others)
{
    private const int Most = 40;

    // Where techniques compute; and what is worth showing only where nothing of that changes.
    private static readonly string[] Steps =
    [
        @"^Compute\w*Gradients$", "^Forward$", "^Backward$", @"^UpdateFused", @"^Apply\w*Gradients$", @"At$",
    ];

    private static readonly string[] Rest =
    [
        "^(Step|Learn)$", "^(Fit|Epoch)$", "^SampleDraws$", "^Evaluate$", "^Initialize$", "^forward$", @"^Update", "",
    ];

    public static Contribution Of(CompiledExample example)
    {
        // Where there is a trainer it is what the example is about, but for a network that is another one without the technique.
        bool hasTrainer = example.Files.Keys.Any(IsTrainer);
        bool IsChanged(string file) => example.OtherFiles is not null && !IsTrainer(file)
            && example.OtherFiles.GetValueOrDefault(file) != example.Files[file];
        bool IsShown(string file) => !hasTrainer || IsTrainer(file) || IsChanged(file);
        var notation = new List<string>();
        var changes = new List<(string Member, IReadOnlyList<string> Lines)>();
        foreach (var (file, text) in example.Files)
        {
            string other = example.OtherFiles?.GetValueOrDefault(file) ?? "";
            if (!IsShown(file)) continue;
            notation.AddRange(Added(Remarks(other), Remarks(text)).Where(line => line.Length > 0));
            var before = Members(other);
            foreach (var (member, lines) in Members(text))
            {
                var added = Added(before.GetValueOrDefault(member, []), lines);
                if (added.Count > 0) changes.Add(($"{file.Split('.')[0]}.{member}", added));
            }
        }

        var shown = Ranked(changes, Steps);
        if (shown.Count == 0) shown = Ranked(changes, Rest).Take(1).ToList();
        var code = new List<string>();
        int left = 0;
        foreach (var (member, lines) in shown)
        {
            if (code.Count + 2 > Most)
            {
                left += lines.Count(line => line.Length > 0);
                continue;
            }

            if (code.Count > 0) code.Add("");
            code.Add($"// {member}");
            var rest = Dedented(lines).ToList();
            var kept = rest.Take(Most - code.Count).ToList();
            while (kept is [.., ""]) kept.RemoveAt(kept.Count - 1);
            code.AddRange(kept);
            left += rest.Skip(kept.Count).Count(line => line.Length > 0);
        }

        return new Contribution(
            notation, code, left,
            [.. changes.Select(change => change.Member).Except(shown.Select(change => change.Member)).Distinct()]);
    }

    private static List<(string Member, IReadOnlyList<string> Lines)> Ranked(
        List<(string Member, IReadOnlyList<string> Lines)> changes, string[] names)
    {
        int Rank(string member) =>
            Array.FindIndex(names, name => Regex.IsMatch(member.Split('.')[1].Split('(')[0], name));
        return [.. changes.Where(change => Rank(change.Member) >= 0).OrderBy(change => Rank(change.Member))];
    }

    private static IEnumerable<string> Dedented(IReadOnlyList<string> lines)
    {
        int margin = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return lines.Select(line => line.Length == 0 ? "" : line[margin..]);
    }

    private static string[] Remarks(string text) =>
        CodeBlock().Match(text) is { Success: true } match
            ? [.. match.Groups["text"].Value.Split('\n').Select(line => WebUtility.HtmlDecode(
                line.Replace("/// ", "", StringComparison.Ordinal).TrimEnd()))
                .Where(line => line.Length > 0)]
            : [];

    private static bool IsTrainer(string file) => file.EndsWith(".Trainer.g.cs", StringComparison.Ordinal);

    // Members by their names and the types of what they take.
    private static ImmutableSortedDictionary<string, string[]> Members(string text) =>
        CSharpSyntaxTree.ParseText(text, Declared.ParseOptions).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseMethodDeclarationSyntax or BaseFieldDeclarationSyntax or PropertyDeclarationSyntax
                or RecordDeclarationSyntax)
            .Select(member => (Name: NameOf(member), Lines: LinesOf(member)))
            .GroupBy(member => member.Name)
            .ToImmutableSortedDictionary(
                group => group.Key, group => group.SelectMany(member => member.Lines).ToArray(), StringComparer.Ordinal);

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => $"{method.Identifier.ValueText}("
            + string.Join(", ", method.ParameterList.Parameters.Select(parameter => parameter.Type!.ToString())) + ")",
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        RecordDeclarationSyntax record => record.Identifier.ValueText,
        ConstructorDeclarationSyntax => "constructor",
        BaseFieldDeclarationSyntax => "fields",
        _ => member.Kind().ToString(),
    };

    // Those between the braces; of a constructor all, since it begins with what its base is told.
    private static List<string> LinesOf(MemberDeclarationSyntax member)
    {
        var lines = member.ToString().Split('\n').Select(line => line.TrimEnd()).ToList();
        int open = member is ConstructorDeclarationSyntax ? -1 : lines.FindIndex(line => line.Trim() == "{");
        return open >= 0 && lines[^1].Trim() == "}" ? lines[(open + 1)..^1] : lines;
    }

    // The lines that are not in the longest part that both have in common; an empty one stands between two that are not
    // neighbours.
    private static List<string> Added(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var added = new List<string>();
        int last = -1;
        for (int i = 0, j = 0; j < after.Length;)
        {
            if (i < before.Length && before[i] == after[j])
            {
                i++;
                j++;
            }
            else if (i < before.Length && common[i + 1, j] >= common[i, j + 1])
            {
                i++;
            }
            else
            {
                if (added.Count > 0 && added[^1].Length > 0 && last != j - 1) added.Add("");
                if (after[j].Length > 0 || added is [.., { Length: > 0 }]) added.Add(after[j]);
                last = j++;
            }
        }

        while (added is [.., ""]) added.RemoveAt(added.Count - 1);
        return added;
    }

    [GeneratedRegex(@"/// <code>\n(?<text>.*?)/// </code>", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
