using System.Text;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>A page of each technique, made of its documentation, of an example, and of what the compiler writes for it.</summary>
internal static partial class CookbookPages
{
    /// <summary>The kinds whose words are techniques. The others say what data, models and parameters are.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "Augmentations", "Layers", "Mixing", "Objectives", "Optimizers", "Recipe", "Schedules", "Schemes", "Sequences",
    ];

    // Marks of methods and places that a declaration names by itself alone.
    private static readonly string[] Marks = ["Objective"];

    /// <summary>Whether a word has a page here.</summary>
    public static bool Has(Technique technique) => Kinds.Contains(technique.Kind) && !Marks.Contains(technique.Name);

    /// <summary>The text of a page.</summary>
    public static string Write(Technique technique, Word word, CompiledExample example, RecipeResults results)
    {
        var contribution = Contribution.Of(example);
        var page = new StringBuilder($"# {word.Name}\n\n{word.Summary}\n");
        if (word.Remarks.Length > 0) page.Append($"\n{word.Remarks}\n");
        if (word.Types.Count > 0)
        {
            page.Append("\n| type | |\n|---|---|\n");
            foreach (var (name, meaning) in word.Types) page.Append($"| `{name}` | {Cell(meaning)} |\n");
        }

        if (word.Settings.Count > 0)
        {
            page.Append("\n| setting | | range | default |\n|---|---|---|---|\n");
            foreach (var setting in word.Settings)
            {
                string range = setting.Range.Length == 0 ? "" : $"`{setting.Range}`";
                string unset = setting.Default is "given" or "none" ? setting.Default : $"`{setting.Default}`";
                page.Append($"| `{setting.Name}` | {Cell(setting.Meaning)} | {range} | {Cell(unset)} |\n");
            }
        }

        page.Append($"\n## Declaration\n\n```csharp\n{example.Declaration.Trim()}\n```\n");
        page.Append(example.ThroughAutograd is { } reason ? $"\nThe compiler says: {Escaped(reason)}.\n"
            : "\nThe compiler has both targets for it, explicit backward operations and autograd.\n");
        if (contribution.Notation.Count > 0)
        {
            page.Append($"\n## Formula\n\n{Beside(example, "In the remarks of the generated code")}:\n\n```text\n");
            page.Append(string.Join("\n", contribution.Notation)).Append("\n```\n");
        }

        if (contribution.Code.Count > 0)
        {
            page.Append($"\n## What the compiler writes\n\n{Beside(example, "Lines of generated methods")}:\n\n```cs\n");
            page.Append(string.Join("\n", contribution.Code)).Append("\n```\n");
            if (contribution.Left > 0) page.Append($"\nCut here: {contribution.Left} further lines of these methods.\n");
            if (example.Beside is not null && contribution.Others.Count > 0)
            {
                string members = Listed(contribution.Others.Select(name => $"`{name}`"), 8);
                page.Append($"\nOther members change too: {members}.\n");
            }
        }

        page.Append($"\n## More\n\n- Explained in [{technique.Page}](../{technique.Page}.md).\n");
        foreach (string source in word.Sources) page.Append($"- Source: {Linked(source)}.\n");
        page.Append($"- Held by {Listed(technique.Tests, 6)}.\n");
        foreach (string recipe in technique.Recipes.Where(results.Has))
            page.Append($"- Measured by {results.Line(recipe)}\n");
        var others = technique.Recipes.Where(recipe => !results.Has(recipe)).ToList();
        if (others.Count > 0)
        {
            string commands = Listed(others.Select(recipe => $"`./dsl recipe {recipe}`"), 6);
            page.Append($"- Measured, with no result on record, by {commands}.\n");
        }

        return page.ToString();
    }

    /// <summary>The list of all pages.</summary>
    public static string Index(IReadOnlyList<Technique> techniques)
    {
        var page = new StringBuilder($"""
            # Cookbook

            A page for each of {techniques.Count} techniques: what it is, its settings with ranges and defaults, a small
            declaration, what the compiler writes for it, its source, the tests that hold it and the recipes that measure it.

            `CookbookTests` writes the pages (`UPDATE_SNAPSHOTS=1 ./dsl test --filter CookbookTests`) and fails where one is not
            what the sources say. Text and settings are the attribute's own documentation. The generated lines are those that the
            compiler writes for the declaration and not for the same declaration without the technique; the page says where
            something else has to stand in its place. Types are named without their namespace.

            """.ReplaceLineEndings("\n"));
        foreach (var kind in techniques.GroupBy(technique => technique.Kind))
        {
            page.Append($"\n## {kind.Key}\n\n");
            foreach (var technique in kind) page.Append($"- [`{technique.Name}`]({technique.Name}.md): {technique.Meaning}\n");
        }

        return page.ToString();
    }

    private static string Beside(CompiledExample example, string what) => example.Beside is { } beside
        ? $"{what} that are not there {beside}"
        : $"{what}; the declaration means nothing without it, so that this is all of it";

    private static string Listed(IEnumerable<string> names, int most)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and others" : "");
    }

    private static string Linked(string source) =>
        ArXiv().Replace(Escaped(source), match => $"[{match.Value}](https://arxiv.org/abs/{match.Groups["number"].Value})");

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n\n", "<br>", StringComparison.Ordinal)
            .Replace('\n', ' ');

    private static string Escaped(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"arXiv (?<number>\d{4}\.\d{4,5})")]
    private static partial Regex ArXiv();
}
