using System.Globalization;
using System.Xml.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A run as one page that needs no network: curves, evaluations, the model's parameters, every number of the
/// recipe.</summary>
/// <param name="run">The run.</param>
/// <param name="recipe">Every number of the recipe by its name.</param>
/// <param name="networks">What was trained.</param>
/// <param name="evaluations">Reports on data.</param>
/// <param name="sections">What else stands in it.</param>
internal sealed class RunPage(
    TrainingReport run, IReadOnlyDictionary<string, string> recipe, IReadOnlyList<nn.Module> networks,
    IReadOnlyList<IEvaluationReport> evaluations, IReadOnlyList<IPageSection> sections)
{
    private const int LargestMatrix = 40;

    /// <summary>The page.</summary>
    public string Write()
    {
        var body = new XElement("body",
            new XElement("h1", run.Name),
            new XElement("p", run.Summary()),
            RunCurves(),
            evaluations.SelectMany((report, index) => Evaluation(report, index)),
            sections.SelectMany((section, index) => section.Content(index + 1).Prepend(new XElement("h2", section.Title))),
            new XElement("h2", "Epochs"),
            Epochs(),
            networks.SelectMany(Network),
            new XElement("h2", "Recipe"),
            HtmlPage.Table(
                ["number", "value"], recipe.Select(number => new[] { EvaluationText.Words(number.Key), number.Value })));
        return HtmlPage.Write(run.Name, body);
    }

    private IEnumerable<XElement> RunCurves()
    {
        string[] terms = [.. run.Epochs.SelectMany(epoch => epoch.Losses).Select(loss => loss.Name).Distinct()];
        string[] metrics = [.. run.Epochs.SelectMany(epoch => epoch.Validation).Select(number => number.Name).Distinct()];
        yield return new XElement("div", new XAttribute("class", "pictures"),
            Picture("Loss", ("training", Over(epoch => epoch.Loss)), ("validation", Over(epoch => epoch.ValidationLoss))),
            metrics.Where(metric => metric != "loss").Select(metric => Picture(
                Capital(EvaluationText.Words(metric)),
                ("validation", Over(epoch => epoch.ValidationOf(metric) ?? double.NaN)),
                ("training", Over(epoch => metric == "accuracy" ? epoch.Accuracy ?? double.NaN : double.NaN)))),
            metrics.Contains("accuracy") ? null
                : Picture("Accuracy in training", ("training", Over(epoch => epoch.Accuracy ?? double.NaN))),
            Picture("Terms", [.. terms.Select(term => (EvaluationText.Words(term), Over(epoch => Number(epoch.Losses, term))))]),
            Picture("Learning rate", ("learning rate", Over(epoch => epoch.LearningRate))));
    }

    private IEnumerable<(double X, double Y)> Over(Func<EpochReport, double> number) =>
        run.Epochs.Select(epoch => ((double)epoch.Epoch, number(epoch)));

    private static XElement? Picture(string title, params (string Name, IEnumerable<(double X, double Y)> Points)[] curves) =>
        Curves.Lines(title, curves) is { } drawn ? Figure(title, drawn) : null;

    private static XElement Figure(string title, XElement[] drawn) => new("figure", new XElement("figcaption", title), drawn);

    private static IEnumerable<XElement> Evaluation(IEvaluationReport report, int index)
    {
        yield return new XElement("h2", "Evaluation");
        yield return new XElement("p", report.Evaluation.ToString());
        if (report is RegressionReport regression)
        {
            yield return HtmlPage.Table(
                ["output", "MAE", "RMSE", "R²", "bias",
                    .. OutputErrors.Levels.Select(level => string.Create(CultureInfo.InvariantCulture, $"{level * 100:0} %"))],
                regression.Outputs.Select(output => new[]
                {
                    output.Name, EvaluationText.Number(output.MeanAbsoluteError),
                        EvaluationText.Number(output.RootMeanSquaredError),
                    EvaluationText.Number(output.Determination), EvaluationText.Number(output.Bias),
                }.Concat(output.ResidualQuantiles.Select(quantile => EvaluationText.Number(quantile.Residual)))));
            yield return new XElement("p", new XAttribute("class", "note"),
                "Shares are quantiles of the residuals, prediction − target.");
        }

        if (report is not ClassificationReport classes) yield break;
        yield return HtmlPage.Table(["class", "precision", "recall", "F1", "support"],
            classes.Classes.Append(classes.Macro).Append(classes.Weighted).Select(scores =>
            new[] { scores.Name, Share(scores.Precision), Share(scores.Recall), Share(scores.F1), Count(scores.Support) }));
        var confusions = classes.TopConfusions(10);
        if (!classes.IsMultiLabel && classes.Classes.Count <= LargestMatrix)
        {
            yield return new XElement("h3", "Confusions");
            yield return new XElement("p", new XAttribute("class", "note"), "A row is what it is, a column what was said.");
            yield return Matrix(classes);
        }

        if (confusions.Count > 0)
        {
            yield return HtmlPage.Table(["is", "was said to be", "times", "of its class"], confusions.Select(confusion => new[]
            {
                confusion.Actual, confusion.Predicted, Count(confusion.Count),
                    string.Create(CultureInfo.InvariantCulture, $"{confusion.Share * 100:0.#} %"),
            }));
        }

        yield return new XElement("h3", "Calibration");
        yield return new XElement("p", $"Expected calibration error {Share(classes.CalibrationError)}");
        yield return Figure(
            "Share of right predictions by confidence",
            Curves.Reliability(string.Create(CultureInfo.InvariantCulture, $"Reliability {index + 1}"), classes.Calibration));
    }

    private static XElement Matrix(ClassificationReport classes)
    {
        var matrix = classes.ConfusionMatrix();
        return HtmlPage.Scroll(new XElement("table", new XAttribute("class", "matrix"),
            new XElement("thead", new XElement("tr", new XElement("th"), classes.Names.Select(name => new XElement("th", name)))),
            new XElement("tbody",
                classes.Names.Select((name, actual) =>
                new XElement("tr", new XElement("th", name), classes.Names.Select((_, predicted) =>
            {
                long support = classes.Classes[actual].Support;
                double share = support == 0 ? 0 : (double)matrix[actual, predicted] / support;
                string color = actual == predicted ? "0, 114, 178" : "213, 94, 0";
                return new XElement("td",
                    new XAttribute("style",
                        string.Create(CultureInfo.InvariantCulture, $"background:rgba({color}, {share * 0.7:0.##})")),
                    Count(matrix[actual, predicted]));
            }))))));
    }

    private XElement Epochs()
    {
        string[] metrics = [.. run.Epochs.SelectMany(epoch => epoch.Validation).Select(number => number.Name).Distinct()];
        return HtmlPage.Table(
            ["epoch", "steps", "loss", "learning rate",
                .. metrics.Select(metric => $"validation {EvaluationText.Words(metric)}"), "time"],
            run.Epochs.Select(epoch => (IEnumerable<string>)
            [
                Count(epoch.Epoch) + (epoch.Epoch == run.BestEpoch ? " (best)" : ""), Count(epoch.Steps),
                    EvaluationText.Number(epoch.Loss),
                EvaluationText.Number(epoch.LearningRate),
                    .. metrics.Select(metric => EvaluationText.Number(epoch.ValidationOf(metric) ?? double.NaN)),
                epoch.Duration == TimeSpan.Zero ? "" : ReportText.Time(epoch.Duration),
            ]));
    }

    private static IEnumerable<XElement> Network(nn.Module network)
    {
        var parameters = network.named_parameters().ToList();
        yield return new XElement("h2", $"Parameters of {network.GetName()}");
        yield return HtmlPage.Table(
            ["parameter", "shape", "numbers", ""],
            parameters.Select(parameter => new[]
            {
                parameter.name, $"[{string.Join(", ", parameter.parameter.shape)}]", Count(parameter.parameter.numel()),
                parameter.parameter.requires_grad ? "" : "frozen",
            }).Append(["total", "", Count(parameters.Sum(parameter => parameter.parameter.numel())), ""]));
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.0000", CultureInfo.InvariantCulture);

    private static double Number(IReadOnlyList<(string Name, double Value)> numbers, string name)
    {
        foreach (var (known, value) in numbers)
        {
            if (known == name) return value;
        }

        return double.NaN;
    }
}
