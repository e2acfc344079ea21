using System.Text;
using System.Text.RegularExpressions;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Every diagnostic has a page, a row among the releases and a line in the index, and its page says what the compiler
/// does.</summary>
public class PageTests
{
    // Diagnostics that the declarations on a page cannot have.
    internal static readonly Dictionary<string, string> Unreachable = new()
    {
        ["DSL109"] = "is the analyzer's: FixAnalyzerTests has it",
        ["DSL120"] = "takes a project with an older C#: LanguageVersionTests has it",
        ["DSL212"] = "takes an assembly that was compiled by another compiler: ReferencedModelTests makes one",
        ["DSL901"] = "takes a mistake of the compiler",
    };

    // Build properties under which an example is wrong, and right.
    private static readonly Dictionary<string, (string Key, string Value)[]> Properties = new()
    {
        ["DSL509"] = [("build_property.DslBackward", "autograd")],
    };

    private static readonly Dictionary<char, string> Bands = new()
    {
        ['1'] = "Placement and arguments",
        ['2'] = "Names, inputs and outputs, methods, parameters",
        ['3'] = "Shapes",
        ['4'] = "Objectives, schemes and augmentations",
        ['5'] = "Recipes",
        ['6'] = "Practice",
        ['7'] = "Tables and images",
        ['9'] = "Mistakes of the compiler",
    };

    public static TheoryData<string> Ids => [.. Sorted.Select(descriptor => descriptor.Id)];

    public static TheoryData<string> Reachable =>
        [.. Sorted.Select(descriptor => descriptor.Id).Where(id => !Unreachable.ContainsKey(id))];

    // In a chapter for contributors, C# is that of the compiler.
    public static TheoryData<string> Chapters =>
        [.. Directory.GetFiles(Pages.Folder, "*.md").Select(path => Path.GetFileName(path))
            .Where(name => name != "adding-a-technique.md")];

    private static IEnumerable<DiagnosticDescriptor> Sorted =>
        Catalogue.ById.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);

    [Fact]
    public void Every_diagnostic_has_a_page_and_every_page_a_diagnostic() => Assert.Equal(
        Sorted.Select(descriptor => descriptor.Id),
        Directory.GetFiles(Path.Combine(Pages.Folder, "diagnostics"), "DSL*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_has_the_title_and_the_sections(string id)
    {
        string[] headings = [.. Pages.Prose(Page(id)).Split('\n').Where(line => line.StartsWith('#'))];
        Assert.Equal([$"# {id}: {Catalogue.ById[id].Title}", "## What", "## Why", "## Wrong", "## Right", "## Source"], headings);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Link_leads_to_the_page(string id)
    {
        string link = Catalogue.ById[id].HelpLinkUri;
        Assert.StartsWith(Catalogue.PageFolder, link, StringComparison.Ordinal);
        Assert.Equal($"diagnostics/{link[Catalogue.PageFolder.Length..]}", Page(id));
        Assert.True(File.Exists(Path.Combine(Pages.Folder, Page(id))), link);
    }

    [Theory]
    [MemberData(nameof(Reachable))]
    public void Wrong_example_has_the_diagnostic_and_no_other(string id)
    {
        string example = Assert.Single(Pages.Examples(Page(id), "Wrong"));
        Assert.Equal([id], Pages.Faults(example, id, Options(id)));
        if (!Pages.IsUnknownName(id)) Assert.Empty(Pages.OwnErrors(example));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public Task Right_example_has_none_and_compiles(string id) =>
        Verify.Correct(Assert.Single(Pages.Examples(Page(id), "Right")), id, Options(id));

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task Examples_of_a_chapter_compile_for_both_targets(string page)
    {
        var examples = Pages.Examples(page);
        Assert.Equal(Regex.Count(Pages.Read(page), "```csharp"), examples.Count);
        foreach (string example in examples)
        {
            await Verify.Correct(example, "");
            await Verify.Correct(example, "", ("build_property.DslBackward", "autograd"));
        }
    }

    [Fact]
    public void What_is_left_out_has_a_diagnostic_and_needs_it() => Assert.All(Unreachable.Keys, id =>
        Assert.All(Pages.Examples(Page(id), "Wrong"), example => Assert.DoesNotContain(id, Pages.Faults(example, id))));

    [Fact]
    public void Every_diagnostic_has_a_row_among_the_releases()
    {
        string folder = Path.Combine(Pages.Folder, "..", "src", "Dsl.Generator");
        string[] rows =
        [
            .. new[] { "Shipped", "Unshipped" }.SelectMany(
                name => File.ReadAllLines(Path.Combine(folder, $"AnalyzerReleases.{name}.md")))
                .Where(line => Regex.IsMatch(line, "^DSL[0-9]+ ")).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(Sorted.Select(descriptor =>
            $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}"), rows);
    }

    [Fact]
    public void Index_lists_every_diagnostic()
    {
        string path = Path.Combine(Pages.Folder, "diagnostics", "README.md");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, Index());
        Assert.Equal(Index(), File.ReadAllText(path));
    }

    private static string Index()
    {
        var text = new StringBuilder("""
            # Diagnostics

            What the compiler says about a declaration. Each page has an example that is wrong, the same one put right, and a source. An editor opens the page
            from the diagnostic's id. A test writes this table (`UPDATE_SNAPSHOTS=1`).

            """.ReplaceLineEndings("\n"));
        foreach (var band in Sorted.GroupBy(descriptor => descriptor.Id["DSL".Length]))
        {
            text.Append($"\n## DSL{band.Key}xx: {Bands[band.Key]}\n\n| id | title | severity | code fix |\n|---|---|---|---|\n");
            foreach (var descriptor in band)
            {
                string fix = Pages.Offers(Page(descriptor.Id)).Length > 0 ? "yes" : "";
                text.Append(
                    $"| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.Title} | {descriptor.DefaultSeverity} | {fix} |\n");
            }
        }

        return text.ToString();
    }

    private static string Page(string id) => $"diagnostics/{id}.md";

    /// <summary>The build properties under which an example is wrong, and right.</summary>
    internal static (string Key, string Value)[] Options(string id) => Properties.GetValueOrDefault(id, []);
}
