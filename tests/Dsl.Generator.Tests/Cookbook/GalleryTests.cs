using Xunit;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>The page of all techniques is what the sources say, and every technique is explained and tested.</summary>
public class GalleryTests
{
    private static IReadOnlyList<Technique> Techniques => Repository.Techniques;

    [Fact]
    public void Every_technique_has_a_page_and_tests()
    {
        Assert.True(Techniques.Count > 250, $"only {Techniques.Count} attributes were found");
        Assert.Empty(Techniques.Where(technique => technique.Page is null).Select(technique => technique.Name));
        Assert.Empty(Techniques.Where(technique => technique.Tests.Count == 0).Select(technique => technique.Name));
    }

    [Fact]
    public void A_technique_is_found_with_what_holds_it()
    {
        var fixMatch = Techniques.Single(technique => technique.Name == "FixMatch");
        Assert.Equal(("Schemes", "semi-supervised"), (fixMatch.Kind, fixMatch.Page));
        Assert.Contains("SemiSupervisedGoldenTests", fixMatch.Tests);
        Assert.Contains("digits-20-labels", fixMatch.Recipes);
    }

    [Fact]
    public void A_recipe_measures_what_it_declares_and_no_more()
    {
        var sac = Techniques.Single(technique => technique.Name == "Sac");
        Assert.Equal(["pendulum-sac"], sac.Recipes);
    }

    [Fact]
    public void What_is_recorded_is_a_recipe() => Assert.Empty(Repository.Results.Names.Except(
        RecipeSources.Of(Path.Combine(Repository.Root, "samples", "Recipes")).Select(recipe => recipe.Name)));

    [Fact]
    public void The_gallery_is_what_the_sources_say()
    {
        string path = Path.Combine(Pages.Folder, "gallery.md");
        string page = GalleryPage.Write(Techniques, Repository.Examples, Repository.Results);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, page);
        string written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var (before, after) = (written.Split('\n'), page.Split('\n'));
        Assert.True(written == page, "docs/gallery.md is not what the sources say: UPDATE_SNAPSHOTS=1 ./dsl test --filter "
            + $"GalleryTests writes it. Gone: {Listed(before.Except(after))} New: {Listed(after.Except(before))}");
    }

    [Fact]
    public void The_site_has_every_page()
    {
        string docs = Pages.Folder;
        string[] linked =
        [
            .. File.ReadLines(Path.Combine(docs, "toc.yml"))
                .Where(line => line.Contains(".md", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf("href: ", StringComparison.Ordinal) + 6)..].TrimEnd(' ', '}')),
        ];
        Assert.All(linked, page => Assert.True(File.Exists(Path.Combine(docs, page)), page));
        Assert.Equal(linked.Length, linked.Distinct().Count());
        Assert.Empty(Directory.GetFiles(docs, "*.md").Select(page => Path.GetFileName(page)).Except(linked));
    }

    private static string Listed(IEnumerable<string> lines) => string.Join(" ", lines.Take(5));
}
