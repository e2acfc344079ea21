using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How many of the predictions that are kept are right, where those of the least confidence are rejected first (El-Yaniv and
/// Wiener 2010, JMLR 11; Geifman and El-Yaniv 2017, arXiv 1705.08500). Predictions of equal confidence are kept or rejected
/// together; between, the curve is straight in the number of errors.
/// </summary>
public sealed class RejectionCurve
{
    private readonly (double Kept, double Errors)[] _ends;
    private readonly double _count;

    private RejectionCurve((double Kept, double Errors)[] ends, double auroc)
    {
        (_ends, _count, MisclassificationAuroc) = (ends, ends[^1].Kept, auroc);
        double risks = 0;
        for (int kept = 1; kept <= _count; kept++) risks += ErrorsAmong(kept) / kept;
        AreaUnderRisk = risks / _count;
    }

    /// <summary>The share of errors among the k surest predictions, as a mean over k = 1, ..., N: the area under the curve of
    /// risk and coverage, the lower the better.</summary>
    public double AreaUnderRisk { get; }

    /// <summary>The probability that a right prediction is surer than a wrong one, ties counted half; NaN where all are right, or
    /// all wrong.</summary>
    public double MisclassificationAuroc { get; }

    /// <summary>The curve at each confidence that occurs, the surest first: the share of predictions that are kept, and the share
    /// of right ones among them.</summary>
    public IReadOnlyList<(double Coverage, double Accuracy)> Points =>
        [.. _ends.Select(end => (end.Kept / _count, 1 - end.Errors / end.Kept))];

    /// <summary>A curve.</summary>
    /// <param name="confidence">[N] of floating-point numbers, the higher the surer: the largest probability, or an entropy or
    /// mutual information with the opposite sign.</param>
    /// <param name="right">[N] of truth values: which predictions are right.</param>
    /// <exception cref="DataMismatchException">Another shape or type, no prediction, or a confidence that is NaN.</exception>
    public static RejectionCurve Of(Tensor confidence, Tensor right)
    {
        BatchPart.Require(confidence, nameof(confidence));
        BatchPart.Require(right, nameof(right));
        if (confidence.dim() != 1 || confidence.numel() == 0 || !confidence.is_floating_point()
            || right.dtype != ScalarType.Bool || !right.shape.AsSpan().SequenceEqual(confidence.shape))
        {
            throw new DataMismatchException(
                $"The confidences are [{string.Join(", ", confidence.shape)}] of {confidence.dtype} and what is right "
                + $"[{string.Join(", ", right.shape)}] of {right.dtype}: give [N] of floating-point numbers and [N] of Bool, N "
                + "at least 1.");
        }

        double[] sure = TensorMemory.Doubles(confidence), hits = TensorMemory.Doubles(right);
        int wrong = Array.FindIndex(sure, double.IsNaN);
        if (wrong >= 0) throw new DataMismatchException($"The confidence at place {wrong} is NaN: it can be compared with none.");
        var ends = new List<(double Kept, double Errors)>();
        double kept = 0, errors = 0;
        foreach (var alike in sure.Zip(hits).GroupBy(sample => sample.First).OrderByDescending(group => group.Key))
        {
            kept += alike.Count();
            errors += alike.Count(sample => sample.Second == 0);
            ends.Add((kept, errors));
        }

        return new RejectionCurve([.. ends], Auroc(confidence, right, errors, kept));
    }

    /// <summary>That of a classifier by its largest probability.</summary>
    public static RejectionCurve Of(LabelledLogits predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        using Tensor confidence = predictions.Confidence, right = predictions.Right;
        return Of(confidence, right);
    }

    /// <summary>The share of right ones among the surest predictions.</summary>
    /// <param name="coverage">The share that is kept, in (0, 1].</param>
    public double AccuracyAt(double coverage)
    {
        if (!(coverage > 0 && coverage <= 1))
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "A coverage is in (0, 1].");
        return 1 - ErrorsAmong(coverage * _count) / (coverage * _count);
    }

    /// <summary>Area and AUROC.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"area under risk {AreaUnderRisk:0.0000}, AUROC of errors {MisclassificationAuroc:0.0000}, "
        + $"accuracy {AccuracyAt(1):0.0000}, of the surest 80 % {AccuracyAt(0.8):0.0000}");

    private static double Auroc(Tensor confidence, Tensor right, double errors, double count)
    {
        if (errors == 0 || errors == count) return double.NaN;
        using var scope = NewDisposeScope();
        Tensor place = right.nonzero().flatten(), other = right.logical_not().nonzero().flatten();
        return OutlierDetection.Of(confidence.index_select(0, place), confidence.index_select(0, other)).Auroc;
    }

    private double ErrorsAmong(double kept)
    {
        var (before, after) = ((Kept: 0.0, Errors: 0.0), _ends[0]);
        for (int i = 1; i < _ends.Length && after.Kept < kept; i++) (before, after) = (after, _ends[i]);
        return before.Errors + (after.Errors - before.Errors) * (kept - before.Kept) / (after.Kept - before.Kept);
    }
}
