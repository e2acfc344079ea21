using Dsl.Runtime;
using Dsl.Tests.Oracles;
using Dsl.Tests.Tables;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Training;

/// <summary>Reports of trainers: what <c>Evaluate</c> says, and more.</summary>
public class ReportTests
{
    private static readonly TableData<Cloud> Clouds = Cloud.From(Enumerable.Range(0, 96).Select(row =>
        new Cloud((row % 2 * 4) + MathF.Sin(row), 100 * MathF.Cos(row), row, row % 2 == 0 ? "left" : "right")));

    [Fact]
    public void A_report_is_of_the_evaluation_with_the_names_that_a_table_knows()
    {
        using var trainer = new CloudTrainer(new CloudNet(new Generator(1))) { Epochs = 1 };
        trainer.Fit(Clouds);
        var report = trainer.Report(Clouds);
        Assert.Equal(trainer.Evaluate(Clouds), report.Evaluation);
        Assert.Equal(["left", "right"], report.Names);
        var matrix = report.ConfusionMatrix();
        Assert.Equal(trainer.Evaluate(Clouds).Accuracy, (matrix[0, 0] + matrix[1, 1]) / 96.0, 12);
        string[] lines = report.ToString().Split('\n');
        Assert.StartsWith("loss ", lines[0], StringComparison.Ordinal);
        Assert.Matches("class +precision +recall +F1 +support", lines[2]);
        Assert.Contains(lines, line => line.Contains("actual \\ predicted   left   right", StringComparison.Ordinal));
        Assert.StartsWith("expected calibration error 0.", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_yes_or_no_has_both_answers_for_classes()
    {
        using var trainer = new YesTrainer(new YesNet(new Generator(1))) { Epochs = 1 };
        var data = Yes.From(Clouds.Rows.Select((row, index) => new Yes(row.X, row.Y / 100, index % 3 == 0)));
        trainer.Fit(data);
        var report = trainer.Report(data);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(["no", "yes"], report.Names);
        Assert.Equal([64, 32], report.Classes.Select(scores => scores.Support));
        Assert.Equal(evaluation.Recall, report.Classes[1].Recall, 12);
        Assert.Equal(double.IsNaN(evaluation.Precision) ? 0 : evaluation.Precision, report.Classes[1].Precision, 12);
        Assert.Equal(double.IsNaN(evaluation.F1) ? 0 : evaluation.F1, report.Classes[1].F1, 12);
        Assert.Equal(64 - report.ConfusionMatrix()[0, 0], report.ConfusionMatrix()[0, 1]);
    }

    [Fact]
    public void Several_labels_have_their_names()
    {
        using var trainer = new SignsTrainer(new SignsNet(new Generator(1)));
        var data = Signs.From(Clouds.Rows.Select(row => new Signs(row.X - 2, row.Y / 100, row.X > 2, row.Y > 0)));
        trainer.Fit(data);
        var report = trainer.Report(data);
        Assert.Equal(["IsRight", "IsAbove"], report.Names);
        Assert.Equal(data.Rows.Count(row => row.IsAbove), report.Classes[1].Support);
        Assert.Contains("label", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("actual", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Residuals_are_in_the_unit_of_the_table()
    {
        var data = Price.From(
            Clouds.Rows.Select(row => new Price(row.Group, 1900 + row.Group % 7, 200_000 + (3000 * row.Group))));
        using var trainer = new PriceTrainer(new PriceNet(new Generator(1))) { Epochs = 20 };
        trainer.Fit(data);
        var report = trainer.Report(data);
        var output = Assert.Single(report.Outputs);
        double[] residuals =
            [.. trainer.Predict(data.Rows).Zip(data.Rows, (predicted, row) => predicted - row.Euros!.Value).Order()];
        Assert.Equal("Euros", output.Name);
        Assert.Equal(residuals.Average(), output.Bias, 1);
        Assert.Equal(residuals[0], output.ResidualQuantiles[0].Residual, 1);
        Assert.Equal((residuals[47] + residuals[48]) / 2, output.ResidualQuantiles[3].Residual, 1);
        Assert.Equal(trainer.Evaluate(data).MeanAbsoluteError, output.MeanAbsoluteError, 2e-6);
        Assert.Matches("output +MAE +RMSE +R² +bias +least +5 % +25 % +median +75 % +95 % +largest", report.ToString());
    }

    [Fact]
    public void A_teacher_that_is_evaluated_is_reported()
    {
        manual_seed(3);
        using var data = new InMemoryData(randn(30, 2, 10, 10), randint(0, 7, new long[] { 30 }, ScalarType.Int64));
        using var generator = new Generator(2);
        using var trainer = new ExplicitMeanTeacher(new Everything(generator)) { Steps = 3 };
        trainer.Fit(data, data);
        var report = trainer.Report(data);
        Assert.Equal(trainer.Evaluate(data), report.Evaluation);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], report.Names);
        Assert.Equal(30, report.Macro.Support);
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of(record => trainer.Evaluate(data, record), "a", "b"));
    }
}
