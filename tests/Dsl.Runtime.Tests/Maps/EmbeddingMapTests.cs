using System.Xml.Linq;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Maps;

public class EmbeddingMapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_file_has_every_point_the_title_and_the_classes_that_are_there()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        string path = folder.File("pictures/map.svg");
        var labels = arange(30).remainder(2) * 2;
        var map = new EmbeddingMap(rand(30, 2), labels, "cat & dog", "none", "fish") { Title = "Pets <8x8>" };
        map.WriteSvg(path);
        var drawn = XDocument.Load(path).Root!;
        string[] texts = [.. drawn.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Equal(Svg + "svg", drawn.Name);
        Assert.Contains("Pets <8x8>", texts);
        Assert.Contains("cat & dog", texts);
        Assert.Contains("fish", texts);
        Assert.DoesNotContain("none", texts);

        // A point each, and two in the legend.
        Assert.Equal(32, drawn.Descendants(Svg + "ellipse").Count());
    }

    [Fact]
    public void Classes_have_colours_of_their_own_however_many_there_are()
    {
        using var scope = NewDisposeScope();
        var figure = Assert.Single(new EmbeddingMap(rand(200, 2), arange(200).remainder(40)).Content(3));
        string[] colours = [.. figure.Descendants("i").Select(part => part.Attribute("style")!.Value)];
        Assert.Equal(40, colours.Length);
        Assert.Equal(40, colours.Distinct().Count());
        Assert.Equal("0", figure.Descendants("span").First().Value);
        var picture = Assert.Single(figure.Descendants(Svg + "svg"));
        Assert.Equal(200, picture.Descendants(Svg + "ellipse").Count());
        Assert.All(
            picture.DescendantsAndSelf().Attributes("id"),
            id => Assert.StartsWith("Section3", id.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_takes_it_behind_the_reports()
    {
        using var scope = NewDisposeScope();
        var map = new EmbeddingMap(rand(30, 2), arange(30).remainder(3), "a", "b", "c") { Title = "Features after training" };
        var run = new TrainingReport("Run", 1, TimeSpan.FromSeconds(1), 0.5);
        string page = new RunPage(run, new Dictionary<string, string>(), [], [], [map]).Write();
        Assert.Contains("<h2>Features after training</h2><figure><p class=\"legend\">", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Section 1 Features after training\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_map_is_refused()
    {
        using var scope = NewDisposeScope();
        var three = Assert.Throws<DataMismatchException>(() => new EmbeddingMap(rand(4, 3), arange(4)));
        Assert.Contains("two columns", three.Message, StringComparison.Ordinal);
        Assert.Throws<DataMismatchException>(() => new EmbeddingMap(rand(4, 2), arange(4), "a"));
        Assert.Throws<DataMismatchException>(() => new EmbeddingMap(rand(4, 2), arange(3)));
    }
}
