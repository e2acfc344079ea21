using Dsl.Runtime.Tests.Embedding;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Uncertainty;

/// <summary>What a classifier's probabilities are worth, against tests/goldens/uncertainty.py, and what does not fit.</summary>
public class UncertaintyTests
{
    [Fact]
    public void Calibration_errors_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("calibration", "uncertainty");
        Tensor logits = golden["logits"], labels = golden["labels"];
        const CalibrationBinning mass = CalibrationBinning.EqualMass;
        golden.Matches("width",
            [
                Calibration.ExpectedError(logits, labels), Calibration.MaximumError(logits, labels),
                Calibration.ExpectedError(logits, labels, 4),
            ]);
        golden.Matches("mass",
            [
                Calibration.ExpectedError(logits, labels, 15, mass), Calibration.MaximumError(logits, labels, 15, mass),
                Calibration.ExpectedError(logits, labels, 7, mass),
            ]);
        golden.Matches("brier", [Calibration.BrierScore(logits, labels)]);
        Assert.Equal(90, Calibration.Bins(logits, labels, 7, mass).Sum(bin => bin.Count));
        Assert.Equal(90, Calibration.Bins(logits, labels, 200, mass).Count);
    }

    [Fact]
    public void The_temperature_is_that_of_the_golden_and_changes_no_class()
    {
        var golden = new EmbeddingGolden("calibration", "uncertainty");
        using var predictions = new LabelledLogits(golden["logits"], golden["labels"]);
        using var scaling = TemperatureScaling.Fit(predictions);
        using var after = scaling.Of(predictions);
        golden.Matches("temperature", [scaling.Temperature, after.Loss, after.CalibrationError], 1e-7);
        using var before = predictions.Logits.argmax(1);
        using var now = after.Logits.argmax(1);
        Assert.Equal(before, now);
        Assert.True(after.Loss < predictions.Loss);
    }

    [Fact]
    public void Factors_and_shifts_have_the_likelihood_of_the_golden()
    {
        var golden = new EmbeddingGolden("calibration", "uncertainty");
        using var predictions = new LabelledLogits(golden["logits"], golden["labels"]);
        using var scaling = VectorScaling.Fit(predictions);
        using var after = scaling.Of(predictions);
        golden.Matches("vector", [after.Loss], 1e-9);
        golden.Matches("vector_probabilities", after.Logits.softmax(1), 1e-5);
        Assert.Equal((4, 4), (scaling.Factors.Count, scaling.Shifts.Count));
    }

    [Fact]
    public void Likelihoods_without_a_largest_value_are_refused()
    {
        using var scope = NewDisposeScope();
        Tensor labels = tensor(new long[] { 0, 1, 2 });
        using var right = new LabelledLogits(eye(3), labels);
        Assert.Contains(
            "All 3 predictions are right", Assert.Throws<DataMismatchException>(() => TemperatureScaling.Fit(right)).Message,
            StringComparison.Ordinal);
        Assert.Throws<DataMismatchException>(() => VectorScaling.Fit(right));
        using var wrong = new LabelledLogits(eye(3).neg(), labels);
        Assert.Contains(
            "less of these labels than nothing",
            Assert.Throws<DataMismatchException>(() => TemperatureScaling.Fit(wrong)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TemperatureScaling(0));
        Assert.Throws<DataMismatchException>(() => new LabelledLogits(eye(3), labels[..2]));
        Assert.Throws<DataMismatchException>(() => new LabelledLogits(eye(3), zeros(3, ScalarType.Int64) - 100));
        Assert.ThrowsAny<Exception>(() => new LabelledLogits(eye(3), labels + 1));
    }

    [Fact]
    public void A_scaling_stands_behind_a_network_or_becomes_a_part_of_it()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, 3));
        Tensor inputs = rand(20, 4), images = rand(2, 3, 4, 4);
        Tensor before = network.Predict(inputs).detach();
        using var scaling = new TemperatureScaling(2.5);
        using var behind = scaling.Behind(network);
        Assert.True(network.training);
        Assert.True(allclose(before / 2.5, behind.forward(inputs), 1e-5, 1e-6));
        Assert.True(allclose(images / 2.5, scaling.forward(images), 1e-5, 1e-6));
        scaling.FoldInto(network, inputs);
        Assert.True(allclose(before / 2.5, network.Predict(inputs), 1e-5, 1e-6));

        using var labelled = new LabelledLogits(randn(60, 3), randint(0, 3, [60], ScalarType.Int64));
        using var vector = VectorScaling.Fit(labelled);
        Tensor scaled = vector.forward(network.Predict(inputs));
        vector.FoldInto(network, inputs);
        Assert.True(allclose(scaled, network.Predict(inputs), 1e-4, 1e-5));

        using var squashed = nn.Sequential(nn.Linear(4, 3), nn.Tanh());
        Tensor weight = squashed.parameters().First().clone();
        Assert.Throws<InvalidOperationException>(() => scaling.FoldInto(squashed, inputs));
        Assert.True(weight.equal(squashed.parameters().First()).all().ToBoolean());
        using var without = nn.Linear(4, 3, hasBias: false);
        Assert.Throws<InvalidOperationException>(() => scaling.FoldInto(without, inputs));
    }

    [Fact]
    public void Entropies_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("samples", "uncertainty");
        using var samples = new PredictionSamples(golden["logits"]);
        Assert.Equal((5, 12), (samples.Samples, samples.Count));
        golden.Matches("mean", samples.Logits.exp());
        golden.Matches("total", samples.Entropy);
        golden.Matches("aleatoric", samples.AleatoricEntropy);
        golden.Matches("mutual", samples.MutualInformation);
        using var alike = new PredictionSamples(golden["logits"][..1].expand(4, 12, 3));
        Assert.True(alike.MutualInformation.max().ToDouble() < 1e-12);
        Assert.Throws<DataMismatchException>(() => new PredictionSamples(zeros(3, 4)));
        Assert.Throws<DataMismatchException>(() => new PredictionSamples(zeros(3, 4, 2) / 0));
    }

    [Fact]
    public void Dirichlet_distributions_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("dirichlet", "prior");
        using var distributions = new DirichletPrediction(golden["logits"]);
        golden.Matches("precision", distributions.Precision);
        golden.Matches("entropy", distributions.Entropy);
        golden.Matches("aleatoric", distributions.AleatoricEntropy);
        golden.Matches("mutual", distributions.MutualInformation);
        golden.Matches("differential", distributions.DifferentialEntropy);
        Assert.Throws<DataMismatchException>(() => new DirichletPrediction(zeros(3, 1)));
        Assert.Throws<DataMismatchException>(() => new DirichletPrediction(zeros(3, 2) / 0));
    }

    [Fact]
    public void Rejection_is_that_of_the_golden()
    {
        var golden = new EmbeddingGolden("rejection", "uncertainty");
        var curve = RejectionCurve.Of(golden["confidence"], golden["right"].to(ScalarType.Bool));
        golden.Matches("area", [curve.AreaUnderRisk], 1e-12);
        golden.Matches("auroc", [curve.MisclassificationAuroc], 1e-12);
        golden.Matches("accuracy", [.. Enumerable.Range(1, 9).Select(kept => curve.AccuracyAt(kept / 9.0))], 1e-12);
        Assert.Equal([1, 2, 5, 6, 8, 9], curve.Points.Select(point => Math.Round(point.Coverage * 9)));
        Assert.Equal(curve.AccuracyAt(1), curve.Points[^1].Accuracy);
        Assert.True(double.IsNaN(RejectionCurve.Of(ones(3), ones(3) > 0).MisclassificationAuroc));
        Assert.Throws<DataMismatchException>(() => RejectionCurve.Of(zeros(3) / 0, ones(3) > 0));
        Assert.Throws<DataMismatchException>(() => RejectionCurve.Of(ones(3), ones(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.AccuracyAt(0));
    }

    [Fact]
    public void Pictures_are_written()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var predictions = new LabelledLogits(randn(60, 3), randint(0, 3, [60], ScalarType.Int64));
        var diagram = new ReliabilityDiagram(predictions, 5, CalibrationBinning.EqualMass) { Title = "After" };
        Assert.Equal(
            Calibration.ExpectedError(predictions.Logits, predictions.Labels, 5, CalibrationBinning.EqualMass),
            diagram.ExpectedError, 12);
        string first = folder.File(Path.Combine("a", "diagram.svg")), second = folder.File("lines.svg");
        diagram.WriteSvg(first);
        Assert.Contains(">After<", File.ReadAllText(first), StringComparison.Ordinal);
        Assert.Equal(2, diagram.Content(1).Count());
        var chart = new LineChart("Rejection", "coverage", ("network", RejectionCurve.Of(predictions).Points));
        chart.WriteSvg(second);
        string svg = File.ReadAllText(second);
        Assert.Contains(">coverage<", svg, StringComparison.Ordinal);
        Assert.Contains(">network<", svg, StringComparison.Ordinal);
        Assert.Contains("network", Assert.Single(chart.Content(3)).Value, StringComparison.Ordinal);
    }
}
