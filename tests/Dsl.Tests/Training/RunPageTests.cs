using System.Xml.Linq;
using Dsl.Runtime;
using Dsl.Tests.Oracles;
using Dsl.Tests.Tables;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Training;

/// <summary>The page of a run: one file, well-formed, nothing fetched, and the numbers of the reports.</summary>
public sealed class RunPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-page").FullName;

    private string File => Path.Combine(_folder, "new", "run.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_of_classes_has_curves_confusions_calibration_and_every_number()
    {
        manual_seed(3);
        using var data = new InMemoryData(randn(60, 2, 10, 10), randint(0, 7, new long[] { 60 }, ScalarType.Int64));
        using var generator = new Generator(2);
        using var trainer = new ExplicitMeanTeacher(new Everything(generator)) { Steps = 15, LearningRate = 0.0123456789 };
        var run = trainer.Fit(data, data, validation: data);
        var report = ClassificationReport.Of(record =>
            trainer.Evaluate(data, record), "<a>", "b & c", "\"d\"", "e", "f", "g", "h");
        trainer.WriteHtml(File, run, report);
        var page = Page();

        string[] pictures = [.. page.Descendants("figcaption").Select(caption => caption.Value)];
        Assert.Equal(["Loss", "Accuracy", "Terms", "Learning rate", "Share of right predictions by confidence"], pictures);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Svgs(page), drawn => Assert.Contains(drawn.Descendants(), element => element.Name.LocalName == "polyline"));
        Assert.Contains(Svgs(page)[0].Descendants(), element => element.Name.LocalName == "text" && element.Value == "epoch");
        var legend = page.Descendants("figure").First().Descendants("span").Select(span => span.Value);
        Assert.Equal(["training", "validation"], legend);

        var matrix = page.Descendants("table").Single(table => table.Attribute("class")?.Value == "matrix");
        Assert.Equal(
            report.ConfusionMatrix().Cast<long>().Select(count => $"{count}"),
            matrix.Descendants("td").Select(cell => cell.Value));
        Assert.Equal(["<a>", "b & c", "\"d\"", "e", "f", "g", "h"],
            matrix.Descendants("tbody").Descendants("th").Select(name => name.Value));
        Assert.Contains(["learning rate", "0.0123456789"], Rows(page));
        Assert.Contains(["seed", "5"], Rows(page));
        Assert.Contains(["<a>", .. new[] { report.Classes[0].Precision, report.Classes[0].Recall, report.Classes[0].F1 }.Select(
            Share), $"{report.Classes[0].Support}"], Rows(page));
        Assert.Contains(["total", "", $"{Everything.ParameterCount:#,0}", ""], Rows(page));
    }

    [Fact]
    public void A_run_of_numbers_has_their_errors()
    {
        var data = Price.From(Enumerable.Range(0, 96).Select(row => new Price(row, 1900 + row % 7, 200_000 + (3000 * row))));
        using var trainer = new PriceTrainer(new PriceNet(new Generator(1))) { Epochs = 2 };
        var run = trainer.Fit(data);
        trainer.WriteHtml(File, run, trainer.Report(data));
        var page = Page();
        Assert.Equal(["Loss", "Learning rate"], page.Descendants("figcaption").Select(caption => caption.Value));
        Assert.Contains(Rows(page), row => row[0] == "Euros" && row.Length == 12);
    }

    [Fact]
    public void A_page_fetches_nothing()
    {
        var data = Cloud.From(
            Enumerable.Range(0, 64).Select(row => new Cloud(row % 2 * 4, row, row, row % 2 == 0 ? "left" : "right")));
        using var trainer = new CloudTrainer(new CloudNet(new Generator(1))) { Epochs = 3 };
        var run = trainer.Fit(data, validation: data);
        trainer.WriteHtml(File, run, trainer.Report(data));
        var page = Page();
        string[] fetching = ["src", "srcset", "href", "data", "action", "poster", "background"];
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => fetching.Contains(attribute.Name.LocalName));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        string style = page.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain(style, character => character is '<' or '>' or '&');
    }

    private XElement Page() => XDocument.Parse(System.IO.File.ReadAllText(File), LoadOptions.PreserveWhitespace).Root!;

    private static List<XElement> Svgs(XElement page) =>
        [.. page.Descendants().Where(element => element.Name.LocalName == "svg")];

    private static IEnumerable<string[]> Rows(XElement page) =>
        page.Descendants("tbody").Elements("tr").Select(row => row.Elements("td").Select(cell => cell.Value).ToArray());

    private static string Share(double share) => share.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
}
