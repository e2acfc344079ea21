using System.Xml.Linq;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

/// <summary>Pictures on the page of a run.</summary>
public sealed class PictureSectionTests
{
    [Fact]
    public void Pictures_stand_in_the_page_itself_with_words_for_those_who_do_not_see_them()
    {
        using var scope = NewDisposeScope();
        byte[] grid = ImageGrid.Png(rand(6, 1, 4, 4), columns: 3), map = HeatMap.Png(rand(1, 4, 4), rand(4, 4));
        var section = new PictureSection("Digits & more").Add(grid, "samples").Add(map, "what speaks for \"3\"");
        var run = new TrainingReport("Run", 1, TimeSpan.FromSeconds(1), 0.5);
        string written = new RunPage(run, new Dictionary<string, string>(), [], [], [section]).Write();
        Assert.Contains("<h2>Digits &amp; more</h2><div class=\"pictures\"><figure>", written, StringComparison.Ordinal);
        Assert.DoesNotContain("</img>", written, StringComparison.Ordinal);
        XElement[] images = [.. section.Content(1).Single().Descendants("img")];
        Assert.Equal(["samples", "what speaks for \"3\""], images.Select(image => image.Attribute("alt")!.Value));
        const string start = "data:image/png;base64,";
        Assert.Equal([grid, map], images.Select(image => image.Attribute("src")!.Value)
            .Select(source => Convert.FromBase64String(source[start.Length..])));
    }

    [Fact]
    public void An_empty_section_says_so() =>
        Assert.Equal("No pictures.", Assert.Single(new PictureSection("Nothing").Content(1)).Value);

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        var section = new PictureSection("Digits");
        Assert.Contains("is no PNG", Assert.Throws<ArgumentException>(() => section.Add([1, 2, 3], "noise")).Message);
        Assert.Throws<ArgumentException>(() => section.Add([], " "));
        Assert.Throws<ArgumentNullException>(() => section.Add(null!, "nothing"));
        Assert.Throws<ArgumentException>(() => new PictureSection(""));
    }
}
