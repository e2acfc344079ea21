using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Whether a classifier's confidence is how often it is right.</summary>
public static class Calibration
{
    /// <summary>
    /// Expected calibration error: predictions are put into bins of equal width by their confidence, the largest probability,
    /// and the distances of mean confidence and share of right ones are averaged, each bin by its size (Guo et al. 2017, arXiv
    /// 1706.04599, equation 3).
    /// </summary>
    /// <param name="logits">[N, K].</param>
    /// <param name="labels">Classes in 0, ..., K − 1, [N], int64.</param>
    /// <param name="bins">How many; a bin holds its upper bound.</param>
    /// <exception cref="ArgumentException">Logits or labels have another shape.</exception>
    /// <returns>In [0, 1]; 0 for a calibrated classifier.</returns>
    public static double ExpectedError(Tensor logits, Tensor labels, int bins = 15)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (logits.dim() != 2 || labels.dim() != 1 || labels.size(0) != logits.size(0))
        {
            throw new ArgumentException(
                $"The logits are [{string.Join(", ", logits.shape)}] and the labels [{string.Join(", ", labels.shape)}]: give "
                + "[N, K] and [N].",
                nameof(logits));
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var confidence = nn.functional.softmax(logits.to(ScalarType.Float64), 1).amax([1]);
        var surplus = confidence - logits.argmax(1).eq(labels).to(ScalarType.Float64);
        var bin = Aten.clamp_(Aten.sub_(Aten.mul(confidence, bins).ceil().to(ScalarType.Int64), 1), 0, bins - 1);

        // Size times distance of the means is the absolute value of the sum of the surplus.
        var sums = zeros([bins], ScalarType.Float64, logits.device).scatter_add_(0, bin, surplus);
        return Aten.item(sums.abs().sum()) / logits.size(0);
    }
}
