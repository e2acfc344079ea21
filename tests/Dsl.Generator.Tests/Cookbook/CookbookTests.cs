using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>Every technique has a page, and the page is what the sources and the compiler say.</summary>
public class CookbookTests
{
    private static readonly string Folder = Path.Combine(Pages.Folder, "cookbook");

    [Fact]
    public void Every_technique_has_an_example_and_every_example_a_technique()
    {
        Assert.True(Repository.InCookbook.Count > 250, $"{Repository.InCookbook.Count} techniques");
        string[] names = [.. Repository.InCookbook.Select(technique => technique.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Repository.Declarations.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_example_compiles_and_has_its_technique()
    {
        string[] errors = [.. Repository.Examples.Values.SelectMany(example => example.Errors)];
        Assert.True(errors.Length == 0, string.Join("\n", errors));
        Assert.Empty(Repository.Declarations
            .Where(example => Examples.Without(example.Value, [example.Key], null) == example.Value)
            .Select(example => example.Key));
    }

    [Fact]
    public void Every_technique_changes_what_the_compiler_writes() => Assert.Empty(Repository.Examples.Values
        .Where(example => Contribution.Of(example) is { Code.Count: 0, Notation.Count: 0 }).Select(example => example.Name));

    [Fact]
    public void An_excerpt_is_of_generated_code_and_of_what_the_technique_adds()
    {
        foreach (var example in Repository.Examples.Values)
        {
            string generated = string.Join("\n", example.Files.Values);
            Assert.All(
                Contribution.Of(example).Code.Where(line => !Regex.IsMatch(line, @"^// \w+\.\w+")),
                line => Assert.Contains(line.Trim(), generated, StringComparison.Ordinal));
        }

        var code = Contribution.Of(Repository.Examples["GroupNorm"]).Code;
        Assert.Contains(code, line => line.Contains("Aten.native_group_norm(", StringComparison.Ordinal));
        Assert.DoesNotContain(code, line => line.Contains("Aten.conv2d(", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_have_ranges_defaults_and_sources()
    {
        var word = Words.Of(Repository.Root)["FixMatch"];
        Assert.Equal(["TWeak", "TStrong"], word.Types.Select(type => type.Name));
        var threshold = word.Settings.Single(setting => setting.Name == "Threshold");
        Assert.Equal(("[0, 1)", "0.95"), (threshold.Range, threshold.Default));
        Assert.Equal(["Sohn et al. 2020, arXiv 2001.07685, equations 3 and 4"], word.Sources);
    }

    [Fact]
    public void The_pages_are_what_the_sources_say()
    {
        var (words, results) = (Words.Of(Repository.Root), Repository.Results);
        var pages = Repository.InCookbook.ToDictionary(
            technique => $"{technique.Name}.md",
            technique => CookbookPages.Write(technique, words[technique.Name], Repository.Examples[technique.Name], results));
        pages.Add("README.md", CookbookPages.Index(Repository.InCookbook));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (string old in Written().Except(pages.Keys)) File.Delete(Path.Combine(Folder, old));
            foreach (var (name, text) in pages) File.WriteAllText(Path.Combine(Folder, name), text);
        }

        Assert.Equal(pages.Keys.Order(StringComparer.Ordinal), Written());
        var stale = pages.Where(page => File.ReadAllText(Path.Combine(Folder, page.Key)).ReplaceLineEndings("\n") != page.Value)
            .Select(page => page.Key).ToList();
        Assert.True(stale.Count == 0, "pages of docs/cookbook are not what the sources say: UPDATE_SNAPSHOTS=1 ./dsl test "
            + $"--filter CookbookTests writes them: {string.Join(", ", stale.Take(8))}");
    }

    private static IEnumerable<string> Written() =>
        Directory.GetFiles(Folder, "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
