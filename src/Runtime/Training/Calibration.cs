using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Whether a classifier's confidence is how often it is right.</summary>
public static class Calibration
{
    /// <summary>
    /// Expected calibration error: predictions are put into bins by their confidence, the largest probability, and the distances
    /// of mean confidence and share of right ones are averaged, each bin by its size (Guo et al. 2017, arXiv 1706.04599,
    /// equation 3).
    /// </summary>
    /// <param name="logits">[N, K].</param>
    /// <param name="labels">Classes in 0, ..., K − 1, [N], int64.</param>
    /// <param name="bins">How many; a bin holds its upper bound.</param>
    /// <param name="binning">How bins are made.</param>
    /// <exception cref="ArgumentException">Logits or labels have another shape.</exception>
    /// <returns>In [0, 1]; 0 for a calibrated classifier.</returns>
    public static double ExpectedError(
        Tensor logits, Tensor labels, int bins = 15, CalibrationBinning binning = CalibrationBinning.EqualWidth)
    {
        var all = Bins(logits, labels, bins, binning);
        return all.Where(bin => bin.Count > 0).Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy))
            / logits.size(0);
    }

    /// <summary>The largest distance of mean confidence and share of right ones of a bin (equation 4 of the same
    /// paper).</summary>
    /// <inheritdoc cref="ExpectedError"/>
    public static double MaximumError(
        Tensor logits, Tensor labels, int bins = 15, CalibrationBinning binning = CalibrationBinning.EqualWidth) =>
        Bins(logits, labels, bins, binning).Where(bin => bin.Count > 0).Max(bin => Math.Abs(bin.Confidence - bin.Accuracy));

    /// <summary>The Brier score: the mean squared distance of probabilities and the labels' distribution, Σ_k (p_k − [y =
    /// k])² (Brier 1950), in [0, 2].</summary>
    /// <param name="logits">[N, K].</param>
    /// <param name="labels">Classes in 0, ..., K − 1, [N], int64.</param>
    /// <exception cref="ArgumentException">Logits or labels have another shape.</exception>
    public static double BrierScore(Tensor logits, Tensor labels)
    {
        Require(logits, labels);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor excess = logits.to(ScalarType.Float64).softmax(1)
            .sub(ClassLabels.OneHot(labels, logits.size(1), ScalarType.Float64));
        return Aten.item(excess.mul(excess).sum()) / logits.size(0);
    }

    /// <summary>Predictions in bins of their confidence.</summary>
    /// <param name="logits">[N, K], N at least 1.</param>
    /// <param name="labels">Classes in 0, ..., K − 1, [N], int64.</param>
    /// <param name="bins">How many, at least 1; of equal mass no more than there are predictions.</param>
    /// <param name="binning">How bins are made.</param>
    /// <exception cref="ArgumentException">Logits or labels have another shape.</exception>
    public static IReadOnlyList<CalibrationBin> Bins(
        Tensor logits, Tensor labels, int bins = 15, CalibrationBinning binning = CalibrationBinning.EqualWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Require(logits, labels);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        double[] confidence = TensorMemory.Doubles(nn.functional.softmax(logits.to(ScalarType.Float64), 1).amax([1]));
        double[] right = TensorMemory.Doubles(logits.argmax(1).eq(labels).to(ScalarType.Float64));
        if (binning == CalibrationBinning.EqualMass)
        {
            int[] order = [.. Enumerable.Range(0, confidence.Length).OrderBy(place => confidence[place])];
            int count = Math.Min(bins, order.Length);
            return
            [
                .. Enumerable.Range(0, count).Select(bin => order[(int)((long)bin * order.Length / count)..
                    (int)((bin + 1L) * order.Length / count)]).Select(places => new CalibrationBin(
                        confidence[places[0]], confidence[places[^1]], places.Length,
                        places.Average(place => confidence[place]), places.Average(place => right[place]))),
            ];
        }

        var (counts, sums, hits) = (new long[bins], new double[bins], new double[bins]);
        for (int i = 0; i < confidence.Length; i++)
        {
            int bin = Math.Clamp((int)Math.Ceiling(confidence[i] * bins) - 1, 0, bins - 1);
            counts[bin]++;
            sums[bin] += confidence[i];
            hits[bin] += right[i];
        }

        return
        [
            .. Enumerable.Range(0, bins).Select(bin => new CalibrationBin(
                (double)bin / bins, (double)(bin + 1) / bins, counts[bin], sums[bin] / counts[bin], hits[bin] / counts[bin])),
        ];
    }

    private static void Require(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        if (logits.dim() == 2 && logits.size(0) > 0 && labels.dim() == 1 && labels.size(0) == logits.size(0)) return;
        throw new ArgumentException(
            $"The logits are [{string.Join(", ", logits.shape)}] and the labels [{string.Join(", ", labels.shape)}]: give "
            + "[N, K] and [N].",
            nameof(logits));
    }
}

/// <summary>How predictions are put into bins of confidence.</summary>
public enum CalibrationBinning
{
    /// <summary>Of equal width: of a sure classifier most predictions are in the last ones.</summary>
    EqualWidth,

    /// <summary>Of as many predictions each, to a whole one, in the order of their confidence (Nixon et al. 2019, arXiv
    /// 1904.01685). Equally sure ones may be parted.</summary>
    EqualMass,
}
