using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Split conformal prediction: sets of classes that hold the right one with a probability of at least 1 − ε, whatever the
/// network is, where samples to calibrate on and those to come are exchangeable (Vovk, Gammerman and Shafer 2005; Angelopoulos
/// and Bates 2021, arXiv 2107.07511, section 1). The threshold is the ⌈(n + 1)·(1 − ε)⌉th smallest score of n samples.
/// </summary>
/// <remarks>The promise is of the mean over all samples and calibrations, not of each class: <see cref="ConformalReport"/> tells
/// the worst one. A network that is recalibrated or trained on needs another classifier.</remarks>
public sealed class ConformalClassifier
{
    private readonly ConformalScore _score;
    private readonly long _classes;
    private readonly long _seed;

    private ConformalClassifier(ConformalScore score, double error, double threshold, long count, long classes, long seed)
    {
        (_score, _classes, _seed) = (score, classes, seed);
        (Error, Threshold, Count) = (error, threshold, count);
    }

    /// <summary>ε: how often the right class may be missing.</summary>
    public double Error { get; }

    /// <summary>The largest score of a class that is kept.</summary>
    public double Threshold { get; }

    /// <summary>n: how many samples it was calibrated on.</summary>
    public long Count { get; }

    /// <summary>Finds the threshold.</summary>
    /// <param name="calibration">Logits of samples that the network was neither trained nor scaled on.</param>
    /// <param name="error">ε, in (0, 1).</param>
    /// <param name="score">What a class is judged by.</param>
    /// <param name="seed">Of the numbers that <see cref="ConformalScore.Adaptive"/> draws; equal seeds give equal sets.</param>
    /// <exception cref="DataMismatchException">Fewer samples than 1/ε − 1: every set would hold every class.</exception>
    public static ConformalClassifier Fit(
        LabelledLogits calibration, double error = 0.1, ConformalScore score = ConformalScore.Adaptive, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        Hyperparameter.Check(error, "(0, 1)", nameof(error));
        double rank = SplitConformal.Rank(calibration.Count, error);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(seed, "conformal calibration");
        Tensor scores = Scores(calibration.Logits, score, stream).gather(1, calibration.Labels.unsqueeze(1)).flatten();
        return new ConformalClassifier(
            score, error, SplitConformal.Smallest(scores, rank), calibration.Count, calibration.Logits.size(1), seed);
    }

    /// <summary>The classes that are kept for each sample.</summary>
    /// <param name="logits">[N, K] of finite floating-point numbers. Sample i of every batch draws the same number.</param>
    /// <returns>[N, K] of truth values; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Another shape or number of classes.</exception>
    public Tensor Sets(Tensor logits)
    {
        EmbeddingRows.Require(logits, "logits");
        if (logits.size(1) != _classes)
        {
            throw new DataMismatchException(
                $"The logits are of {logits.size(1)} classes, but the classifier was calibrated on {_classes}.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(_seed, "conformal sets");
        return Aten.le(Scores(logits.detach().to_type(ScalarType.Float64), _score, stream), Threshold).MoveToOuterDisposeScope();
    }

    /// <summary>How often sets of other samples hold the right class, and how large they are.</summary>
    /// <param name="test">Logits of samples that the threshold was not found by.</param>
    public ConformalReport Evaluate(LabelledLogits test)
    {
        ArgumentNullException.ThrowIfNull(test);
        using var scope = NewDisposeScope();
        Tensor sets = Sets(test.Logits);
        Tensor held = sets.gather(1, test.Labels.unsqueeze(1)).flatten();
        double[] sizes = TensorMemory.Doubles(sets.sum([1L])), holds = TensorMemory.Doubles(held);
        long[] classes = EmbeddingRows.ToArray<long>(test.Labels);
        var worst = classes.Zip(holds).GroupBy(sample => sample.First)
            .Select(group => (Class: group.Key, Coverage: group.Average(sample => sample.Second)))
            .OrderBy(group => group.Coverage).ThenBy(group => group.Class).First();
        return new ConformalReport(
            holds.Average(), sizes.Average(), sizes.Count(size => size == 0) / (double)sizes.Length,
            sizes.Count(size => size == 1) / (double)sizes.Length, worst.Class, worst.Coverage, sizes.Length);
    }

    /// <summary>What is promised, and by which threshold.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{_score} of at most {Threshold:0.0000}, coverage {1 - Error:0.####} of {Count}");

    /// <summary>The score of each class, [N, K] float64.</summary>
    private static Tensor Scores(Tensor logits, ConformalScore score, RandomStream stream)
    {
        Tensor probabilities = logits.softmax(1);
        if (score == ConformalScore.Threshold) return Aten.add(probabilities.neg(), 1.0);

        // Of equally likely classes the first counts as the likelier one.
        var (sorted, order) = probabilities.sort(1, descending: true, stable: true);
        Tensor above = sorted.cumsum(1).sub(sorted);
        Tensor part = score == ConformalScore.AdaptiveWhole ? sorted
            : sorted.mul(rand([logits.size(0), 1], generator: stream.At(0)).to_type(ScalarType.Float64).to(logits.device));
        return zeros_like(probabilities).scatter(1, order, Aten.add(above, part));
    }
}

/// <summary>What sets of a conformal classifier are worth on labelled samples.</summary>
/// <param name="Coverage">The share of samples whose set holds their class: about 1 − ε, or more.</param>
/// <param name="MeanSize">Classes of a set, on average: the fewer the better.</param>
/// <param name="EmptyShare">The share of sets without any class.</param>
/// <param name="SingleShare">The share of sets with one class.</param>
/// <param name="WorstClass">The class that is missing most often.</param>
/// <param name="WorstCoverage">The share of its samples whose set holds it.</param>
/// <param name="Count">How many samples.</param>
public readonly record struct ConformalReport(
    double Coverage, double MeanSize, double EmptyShare, double SingleShare, long WorstClass, double WorstCoverage, long Count)
{
    /// <summary>Coverage and sizes.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"coverage {Coverage:0.0000}, {MeanSize:0.00} classes a set, {SingleShare:0.0000} of one, {EmptyShare:0.0000} empty, "
        + $"worst class {WorstClass} with {WorstCoverage:0.0000}, of {Count}");
}
