using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>The page of all words of the language, in tables.</summary>
internal static partial class GalleryPage
{
    public static string Write(
        IReadOnlyList<Technique> techniques, IReadOnlyDictionary<string, CompiledExample> examples, RecipeResults results)
    {
        var page = new StringBuilder($"""
            # Gallery: every word of the language

            {techniques.Count} attributes, each with its page in the [cookbook](cookbook/README.md) where it is a technique, and
            the page that explains it; what the compiler has for it; whether numbers of an independent PyTorch computation hold it
            (a test named *Golden*; some of the others do, too), and the tests; and the [recipes](recipes.md) that measure it on
            data, with what came of those that are [recorded](#recorded-recipes).

            Targets: *both* are explicit backward operations and autograd; of *autograd* alone, and of a descent that is named,
            the compiler says ([DSL481](diagnostics/DSL481.md)) why the other is missing. A word that is no technique has none.

            `GalleryTests` writes the page from the sources (`UPDATE_SNAPSHOTS=1 ./dsl test --filter GalleryTests`), and fails
            where an attribute has no page or no test, or where this is not what the sources say.

            """.ReplaceLineEndings("\n"));
        foreach (var kind in techniques.GroupBy(technique => technique.Kind))
        {
            page.Append($"\n## {kind.Key}\n\n| | | explained | targets | golden | tests | recipes |\n")
                .Append("|---|---|---|---|---|---|---|\n");
            foreach (var technique in kind)
            {
                bool hasPage = CookbookPages.Has(technique);
                string name = hasPage ? $"[`{technique.Name}`](cookbook/{technique.Name}.md)" : $"`{technique.Name}`";
                string targets = hasPage ? Targets(examples[technique.Name]) : "";
                string golden = technique.Tests.Any(test => test.Contains("Golden", StringComparison.Ordinal)) ? "yes" : "";
                string recipes = string.Join(", ", technique.Recipes.Select(recipe =>
                    results.Has(recipe) ? $"{recipe} ({results.Verdict(recipe)}, {results.Seconds(recipe)} s)" : recipe));
                page.Append($"| {name} | {technique.Meaning} | [{technique.Page}]({technique.Page}.md) | {targets} | {golden} | "
                    + $"{Listed(technique.Tests)} | {recipes} |\n");
            }
        }

        page.Append("""

            ## Recorded recipes

            What recipes printed when they were last run with `--record`, on a CPU that others used, too; seconds
            are of all seeds together. A result reaches its reference when it is not more than two deviations worse, of which few
            seeds tell little: [recipes](recipes.md) has means of more. Recipes that are not here were not recorded:
            `./dsl recipe NAME --record samples/Recipes/results.json` does it.

            | recipe | | seeds | seconds | on |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (string recipe in results.Names)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{recipe}` | {results.Short(recipe)} | {results.Seeds(recipe)} | ")
                .Append($"{results.Seconds(recipe)} | {results.Date(recipe)} |\n");
        }

        foreach (string recipe in results.Names)
        {
            page.Append($"\n### {recipe}\n\n`{results.Command(recipe)}`\n\n| | | Dsl | reference |\n|---|---|---|---|\n");
            string last = "";
            foreach (var (title, what, result, reference) in results.Table(recipe))
            {
                page.Append($"| {(title == last ? "" : title)} | {what} | {result} | {reference} |\n");
                last = title;
            }
        }

        return page.ToString();
    }

    // A word that stands in every model is tested wherever models are.
    private static string Listed(IReadOnlyList<string> tests) =>
        string.Join(", ", tests.Take(3)) + (tests.Count > 3 ? ", …" : "");

    private static string Targets(CompiledExample example) => example.ThroughAutograd is not { } reason ? "both"
        : Descent().Match(reason) is { Success: true } match ? $"both; {match.Groups["whose"].Value} by autograd" : "autograd";

    [GeneratedRegex(@": the descent of the (?<whose>\w+) goes through autograd")]
    private static partial Regex Descent();
}
