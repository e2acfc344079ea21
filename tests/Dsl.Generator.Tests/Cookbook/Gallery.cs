using System.Net;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>A word of the language, and what there is of it in this repository.</summary>
/// <param name="Name">Without its arguments: <c>FixMatch</c>.</param>
/// <param name="Kind">The folder of its attribute: Schemes.</param>
/// <param name="Meaning">The first words of its documentation.</param>
/// <param name="Page">The page that says most of it; null where none does.</param>
/// <param name="Tests">The classes of tests that declare it or use what declares it; goldens before others.</param>
/// <param name="Recipes">The recipes whose declarations have it.</param>
internal sealed record Technique(
    string Name, string Kind, string Meaning, string? Page, IReadOnlyList<string> Tests, IReadOnlyList<string> Recipes);

/// <summary>All words of the language, out of the sources: attributes, pages, tests, recipes.</summary>
internal static partial class Gallery
{
    public static IReadOnlyList<Technique> Of(string root)
    {
        var pages = Read(Path.Combine(root, "docs"), "*.md", SearchOption.TopDirectoryOnly)
            .Where(page => page.Name is not ("gallery" or "recipes" or "tutorial" or "architecture" or "adding-a-technique"))
            .ToList();
        // Fuzzers and the cookbook know every word, and hold it to little but that it compiles.
        var tests = Read(Path.Combine(root, "tests"), "*.cs")
            .Where(file => !file.Path.Contains("Fuzz", StringComparison.Ordinal)
                && !file.Path.Contains("Cookbook", StringComparison.Ordinal)).ToList();
        var recipes = RecipeSources.Of(Path.Combine(root, "samples", "Recipes"));
        var techniques = new List<Technique>();
        foreach (string file in Directory.EnumerateFiles(
            Path.Combine(root, "src", "Dsl.Attributes"), "*Attribute.cs", SearchOption.AllDirectories))
        {
            if (IsBuilt(file)) continue;
            string text = File.ReadAllText(file);
            if (AttributeClass().Match(text) is not { Success: true } match) continue;
            string name = match.Groups["name"].Value;
            var use = new Regex($@"[\[,]\s*{name}\s*[\](,<]");
            techniques.Add(new Technique(
                name, Path.GetFileName(Path.GetDirectoryName(file))!, Meaning(text[..match.Index]), Page(pages, name),
                Tests(tests, use), Recipes(recipes, use)));
        }

        return [.. techniques.OrderBy(technique => technique.Kind, StringComparer.Ordinal)
            .ThenBy(technique => technique.Name, StringComparer.Ordinal)];
    }

    private static List<string> Tests(List<(string Name, string Path, string Text)> files, Regex use)
    {
        bool IsTest((string Name, string Path, string Text) file) => file.Name.EndsWith("Tests", StringComparison.Ordinal);
        bool Mentions((string Name, string Path, string Text) file, HashSet<string> names) =>
            Word().Matches(file.Text).Any(word => names.Contains(word.Value))
            || Quoted().Matches(file.Text).Any(word => names.Contains(word.Groups["name"].Value + "Explicit"));

        var sources = files.Where(file => !IsTest(file)).ToList();
        var declared = sources.SelectMany(file => use.Matches(file.Text).Select(match => Owner(file.Text, match.Index)))
            .OfType<string>().ToHashSet(StringComparer.Ordinal);

        // What makes runs and cases of the declarations, and is what the tests name.
        var makers = sources.Where(file => Mentions(file, declared) && !use.IsMatch(file.Text))
            .SelectMany(file => DeclaredType().Matches(file.Text)).Select(match => match.Groups["name"].Value);
        HashSet<string> names = [.. declared, .. makers.ToList()];
        return
        [
            .. files.Where(file => IsTest(file) && (use.IsMatch(file.Text) || Mentions(file, names)))
                .Select(file => file.Name).Distinct()
                .OrderBy(name => name.Contains("Golden", StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(name => name, StringComparer.Ordinal),
        ];
    }

    // The type that an attribute stands before, or else the one that it stands in.
    private static string? Owner(string text, int place)
    {
        var next = DeclaredType().Match(text, place);
        bool isBefore = next.Success && text.AsSpan(place, next.Index - place).IndexOfAny(";{}") < 0;
        return isBefore ? next.Groups["name"].Value
            : DeclaredType().Matches(text[..place]).LastOrDefault()?.Groups["name"].Value;
    }

    private static List<string> Recipes(IReadOnlyList<(string Name, string Text)> recipes, Regex use) =>
        [.. recipes.Where(recipe => use.IsMatch(recipe.Text)).Select(recipe => recipe.Name).Order(StringComparer.Ordinal)];

    private static string? Page(List<(string Name, string Path, string Text)> pages, string name)
    {
        // A row of a table that begins with the name is worth more than any number of examples.
        var mention = new Regex($@"[`\[, ]{name}(Attribute)?[`(<\],]");
        var row = new Regex($@"^\|[^|]*[`\[, ]{name}[`(<\],]", RegexOptions.Multiline);
        var best = pages.Select(page => (page.Name, Count: mention.Count(page.Text) + (100 * row.Count(page.Text))))
            .Where(page => page.Count > 0)
            .OrderByDescending(page => page.Count).ThenBy(page => page.Name, StringComparer.Ordinal).FirstOrDefault();
        return best.Name;
    }

    // The first sentence, without marks and sources.
    private static string Meaning(string text)
    {
        string summary = Summary().Match(text).Groups["text"].Value.Replace("///", "", StringComparison.Ordinal);
        string plain = Mark().Replace(Reference().Replace(summary, "${name}"), "");
        plain = Space().Replace(WebUtility.HtmlDecode(Citation().Replace(plain, "")), " ").Trim();
        var end = End().Match(plain, Math.Min(12, plain.Length));
        return (end.Success ? plain[..end.Index] : plain).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Path, string Text)> Read(
        string folder, string pattern, SearchOption depth = SearchOption.AllDirectories) =>
        Directory.EnumerateFiles(folder, pattern, depth).Where(file => !IsBuilt(file)).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), file, File.ReadAllText(file)));

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar) is var folders
        && (folders.Contains("obj") || folders.Contains("bin") || folders.Contains("Generated"));

    [GeneratedRegex(@"public sealed (partial )?class (?<name>\w+)Attribute\b")]
    private static partial Regex AttributeClass();

    [GeneratedRegex(@"\b(class|record|struct) (?<name>[A-Z]\w*)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();

    // One of both targets' trainers, as tests of goldens name them.
    [GeneratedRegex(@"""(?<name>[A-Z]\w*)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"<summary>(?<text>.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"<(see|paramref|typeparamref)\s+(cref|name|langword)=""(?<name>[^""]*)""\s*/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"<[^>]+>")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\s*\([^()]*\d{4}[^()]*\)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"[.:;](?=\s|$)")]
    private static partial Regex End();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
