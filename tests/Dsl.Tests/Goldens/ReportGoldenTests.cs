using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Reports against numbers that NumPy counted from the definitions.</summary>
public class ReportGoldenTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(7)]
    public void Classes(int batchSize)
    {
        var golden = Golden.Load("reports/classes");
        using var data = new InMemoryData(golden["logits"].clone(), golden["labels"].clone());
        using var network = nn.Identity();
        var report = ClassificationReport.Of(
            record => Classification.Evaluate(network, data, CPU, batchSize, record), "zero", "one", "two", "three", "four");
        Matches(golden, report);
        var matrix = report.ConfusionMatrix();
        Assert.Equal(golden["confusion"].data<long>().ToArray(), matrix.Cast<long>());
        Assert.Equal(Calibration.ExpectedError(golden["logits"], golden["labels"]), report.CalibrationError, 1e-9);
        Assert.Equal(report.Evaluation.Count, report.Calibration.Sum(bin => bin.Count));

        var top = report.TopConfusions(3);
        Assert.Equal(3, top.Count);
        Assert.Equal("four", top[0].Actual);
        int predicted = report.Names.ToList().IndexOf(top[0].Predicted);
        Assert.Equal(matrix[4, predicted], top[0].Count);
        Assert.Equal((double)top[0].Count / report.Classes[4].Support, top[0].Share);
        Assert.Equal(top.OrderByDescending(confusion => confusion.Count), top);
    }

    [Fact]
    public void Labels_of_yes_or_no()
    {
        var golden = Golden.Load("reports/labels");
        using var data = new InMemoryData(golden["logits"].clone(), golden["targets"].clone());
        using var network = nn.Identity();
        var report = ClassificationReport.Of(record => BinaryClassification.Evaluate(network, data, CPU, 16, record));
        Assert.True(report.IsMultiLabel);
        Matches(golden, report);
        Assert.Throws<InvalidOperationException>(() => report.ConfusionMatrix());
        Assert.Empty(report.TopConfusions(5));
    }

    [Fact]
    public void Residuals()
    {
        var golden = Golden.Load("reports/residuals");
        using var data = new InMemoryData(golden["predictions"].clone(), golden["targets"].clone());
        using var network = nn.Identity();
        var report = RegressionReport.Of(record => Regression.Evaluate(network, data, CPU, 64, record), "left", "right");
        double[] errors = golden["errors"].data<double>().ToArray(), quantiles = golden["quantiles"].data<double>().ToArray();
        double[] actual =
        [
            .. report.Outputs.SelectMany(output => new[]
            {
                output.MeanAbsoluteError, output.RootMeanSquaredError, output.Determination, output.Bias,
            }),
        ];
        Close.To(golden["errors"].reshape(-1), tensor(actual), "errors", 1e-6);
        Close.To(
            golden["quantiles"].reshape(-1),
            tensor(report.Outputs.SelectMany(output => output.ResidualQuantiles.Select(quantile => quantile.Residual))
                .ToArray()), "quantiles", 1e-6);
        Assert.Equal(report.Outputs.Average(output => output.Determination), report.Evaluation.Determination, 1e-9);
        Assert.Contains("left", report.ToString(), StringComparison.Ordinal);
    }

    private static void Matches(Golden golden, ClassificationReport report)
    {
        double[] scores = [.. report.Classes.SelectMany(each => new[] { each.Precision, each.Recall, each.F1, each.Support })];
        Close.To(golden["scores"].reshape(-1), tensor(scores), "scores", 1e-9);
        Close.To(golden["macro"], Three(report.Macro), "macro", 1e-9);
        Close.To(golden["weighted"], Three(report.Weighted), "weighted", 1e-9);
        Assert.Equal(golden["calibration_error"].item<double>(), report.CalibrationError, 1e-6);
    }

    private static Tensor Three(ClassScores scores) => tensor(new[] { scores.Precision, scores.Recall, scores.F1 });
}
