using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Dsl.Tests.Surface;

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
        // Fuzzers know every word, and hold it to nothing but that it compiles.
        var tests = Read(Path.Combine(root, "tests"), "*.cs")
            .Where(file => !file.Path.Contains("Fuzz", StringComparison.Ordinal)).ToList();
        var recipes = Read(Path.Combine(root, "samples", "Recipes"), "*.cs").ToList();
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

    public static string Write(IReadOnlyList<Technique> techniques)
    {
        var page = new StringBuilder($"""
            # Gallery: every word of the language

            {techniques.Count} attributes, each with the page that explains it, the tests that hold it (those named *Golden* against
            numbers of an independent PyTorch computation, and some of the others too), and the [recipes](recipes.md) that measure it
            on data. `GalleryTests` writes the page from the sources (`UPDATE_SNAPSHOTS=1 ./dsl test --filter GalleryTests`), and fails
            where an attribute has no page or no test, or where this is not what the sources say.

            """.ReplaceLineEndings("\n"));
        foreach (var kind in techniques.GroupBy(technique => technique.Kind))
        {
            page.Append($"\n## {kind.Key}\n\n| | | tests | recipes |\n|---|---|---|---|\n");
            foreach (var technique in kind)
            {
                string name = technique.Page is null ? $"`{technique.Name}`" : $"[`{technique.Name}`]({technique.Page}.md)";
                string recipes = string.Join(", ", technique.Recipes);
                page.Append($"| {name} | {technique.Meaning} | {Listed(technique.Tests)} | {recipes} |\n");
            }
        }

        return page.ToString();
    }

    // A word that stands in every model is tested wherever models are.
    private static string Listed(IReadOnlyList<string> tests) =>
        string.Join(", ", tests.Take(3)) + (tests.Count > 3 ? ", …" : "");

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

    private static List<string> Recipes(List<(string Name, string Path, string Text)> files, Regex use)
    {
        var folders = files.Where(file => use.IsMatch(file.Text)).Select(file => Path.GetDirectoryName(file.Path)).ToHashSet();
        return
        [
            .. files.Where(file => file.Name.StartsWith("Recipe.", StringComparison.Ordinal)
                    && folders.Contains(Path.GetDirectoryName(file.Path)))
                .SelectMany(file => RecipeName().Matches(file.Text)).Select(match => match.Groups["name"].Value)
                .Order(StringComparer.Ordinal),
        ];
    }

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

    [GeneratedRegex(@"new\(\s*""(?<name>[a-z0-9-]+)""")]
    private static partial Regex RecipeName();

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
