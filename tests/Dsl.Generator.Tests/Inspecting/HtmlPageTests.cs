using System.Xml.Linq;
using Dsl.Inspect;
using Dsl.Inspect.Diagrams;
using Dsl.Inspect.Pages;
using Xunit;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>The page: one file, well-formed, nothing fetched.</summary>
public class HtmlPageTests
{
    private static readonly string Html = HtmlPage.Write("Demo", Inspected.Of(Samples.All).Types);

    [Fact]
    public void Page_is_well_formed_and_shows_every_type()
    {
        var page = XDocument.Parse(Html, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(
            ["Demo.Cnn", "Demo.Mlp", "Demo.SmallResNet", "Demo.Supervised", "Demo.DistillTrainer", "Demo.SemiSupervised",
                "Demo.Autograd",
                "Demo.FlowerNet", "Demo.FlowerTrainer", "Demo.LeafNet", "Demo.LeafTrainer"],
            page.Descendants("h2").Select(heading => heading.Attribute("id")!.Value));
        Assert.Equal(11, page.Descendants("svg").Count());
        Assert.Equal(6, page.Descendants("math").Count());
        Assert.Contains(page.Descendants("pre"),
            code => code.Value.Contains("[Trainer<Mlp>, CrossEntropy, Adam(1e-3), Epochs(20)]", StringComparison.Ordinal));
        Assert.Contains(page.Descendants("pre"), code => code.Value == Declared.Generate(Samples.All)["Demo.Mlp.Model.g.cs"]);
    }

    [Fact]
    public void Page_begins_with_an_overview_and_warnings_and_every_recipe_has_its_numbers()
    {
        var inspected = Inspected.Of(Samples.All).Types;
        string html = HtmlPage.Write("Demo", inspected, "Net.cs(3,5): warning DSL609: <a> & b");
        var page = XDocument.Parse(html, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal("Net.cs(3,5): warning DSL609: <a> & b", page.Descendants("ul").Single().Value);
        string[] types = [.. page.Descendants("h2").Select(heading => heading.Attribute("id")!.Value)];
        var links = page.Descendants("h2").First().ElementsBeforeSelf().Descendants("a")
            .Select(link => link.Attribute("href")!.Value[1..]);
        Assert.Equal(types.Order(), links.Order());

        var numbers = page.Descendants("table").Where(table => table.Attribute("class")?.Value == "layers numbers").ToList();
        Assert.Equal(inspected.OfType<InspectedTrainer>().Count(), numbers.Count);
        string[][] rows =
            [.. numbers[0].Descendants("tr").Skip(1).Select(row => row.Elements("td").Select(cell => cell.Value).ToArray())];
        Assert.Contains(["LearningRate", "0.001", "(0, inf)", "[Adam]"], rows);
        Assert.Contains(["Beta2", "0.999", "[0, 1)", "[Adam]"], rows);
        Assert.Contains(rows, row => row[0] == "BatchSize");
        Assert.DoesNotContain("DSL609", Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_fetches_nothing()
    {
        var page = XDocument.Parse(Html, LoadOptions.PreserveWhitespace).Root!;
        string[] fetching = ["src", "srcset", "href", "data", "action", "poster", "background"];
        Assert.All(page.Descendants().Attributes().Where(attribute => fetching.Contains(attribute.Name.LocalName)),
            attribute => Assert.StartsWith("#", attribute.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        string style = page.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);

        // HTML reads a style sheet as it stands: an entity would be no character of it.
        Assert.DoesNotContain(style, character => character is '<' or '>' or '&');
    }

    // Also where what no layer computes lies between them: the normalisation of images, the arithmetic of a Forward.
    [Theory]
    [InlineData("FlowerNet", Samples.All)]
    [InlineData("Mean", """
        using Dsl;
        using static TorchSharp.torch;
        [Model(4)]
        public partial class Mean
        {
            [Linear(4)] private partial Tensor first(Tensor x);
            [Linear(4)] private partial Tensor second(Tensor x);
            public Tensor Forward(Tensor x) => (first(-x) + second(x)).abs();
        }
        """)]
    public void Arrows_reach_every_box(string name, string source)
    {
        var diagram = ModelDiagram.Of(Inspected.One(source, name).Network());
        Assert.All(diagram.Boxes, box => Assert.True(
            diagram.Arrows.Any(arrow => arrow.From == box.Id || arrow.To == box.Id), $"no arrow reaches {box.Title}"));
        Assert.Contains(diagram.Boxes, box => box.Title == "output");
    }

    [Theory]
    [InlineData("SmallResNet")]
    [InlineData("SemiSupervised")]
    public void Boxes_of_a_diagram_do_not_overlap_and_arrows_go_down(string name)
    {
        var type = Inspected.One(Samples.All, name);
        var layout = new LayeredLayout(
            type is InspectedTrainer trainer ? StepDiagram.Of(trainer.Program()) : ModelDiagram.Of(type.Network()));
        for (int i = 0; i < layout.Boxes.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                var (a, b) = (layout.Boxes[i], layout.Boxes[j]);
                Assert.True(a.X >= b.X + b.Width || b.X >= a.X + a.Width || a.Y >= b.Y + b.Height || b.Y >= a.Y + a.Height,
                    $"{a.Box.Title} lies on {b.Box.Title}");
            }
        }

        Assert.All(layout.Boxes, box =>
            Assert.True(box.X >= 0 && box.X + box.Width <= layout.TotalWidth && box.Y + box.Height <= layout.TotalHeight));
        Assert.All(
            layout.Arrows.Where(arrow => !arrow.Arrow.IsBack), arrow => Assert.True(arrow.Points[0].Y < arrow.Points[^1].Y));
    }
}
