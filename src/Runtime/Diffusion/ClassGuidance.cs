using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Classifier-free guidance: a network that predicts with a label and without one (Ho and Salimans 2022, arXiv
/// 2207.12598).</summary>
public static class ClassGuidance
{
    /// <summary>Labels as the network sees them in training.</summary>
    /// <param name="labels">[N] int64; a negative one is none.</param>
    /// <param name="left">Which are left out, [N] bool.</param>
    /// <param name="none">K, what stands for no label.</param>
    /// <returns>[N] int64 in 0, ..., K; the caller frees it.</returns>
    public static Tensor LeaveOut(Tensor labels, Tensor left, long none)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(left);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.masked_fill(labels, Aten.lt(labels, 0).logical_or(left), none).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// A prediction that is driven from that without a label towards that with one: u + s·(c − u). s = 1 is the prediction
    /// with the label, in one pass; s = 1 + w for the paper's w (equation 6).
    /// </summary>
    /// <param name="labels">What samples shall be, [N] int64; a negative one is no label.</param>
    /// <param name="none">K, what stands for no label.</param>
    /// <param name="scale">s, at least 0.</param>
    /// <param name="predict">The network, of samples, t and labels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is negative or not finite.</exception>
    public static Func<Tensor, Tensor, Tensor> Toward(
        Tensor labels, long none, double scale, Func<Tensor, Tensor, Tensor, Tensor> predict)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        if (!double.IsFinite(scale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale of guidance is a finite number.");
        return (samples, time) =>
        {
            using var scope = NewDisposeScope();
            var known = Aten.masked_fill(labels, Aten.lt(labels, 0), none);
            var with = predict(samples, time, known);
            if (scale == 1) return with.MoveToOuterDisposeScope();
            var without = predict(samples, time, Aten.full_like(labels, none));
            return Aten.add(without, Aten.mul(with.sub(without), scale)).MoveToOuterDisposeScope();
        };
    }
}
