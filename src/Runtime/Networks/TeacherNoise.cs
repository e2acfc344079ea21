using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A noisy teacher (Sau and Balasubramanian 2016, arXiv 1610.09650).</summary>
public static class TeacherNoise
{
    /// <summary>Multiplies the logits of some samples with 1 + ξ.</summary>
    /// <param name="logits">[N, ...], which stay as they are.</param>
    /// <param name="noise">Numbers of the standard normal distribution, of the same shape.</param>
    /// <param name="noisy">Which samples are perturbed, [N] bool; of logits [N, M, ...] of M teachers, for which of them, [N,
    /// M].</param>
    /// <param name="deviation">The deviation σ of ξ, at least 0.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Apply(Tensor logits, Tensor noise, Tensor noisy, double deviation)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var chosen = noisy.view([.. noisy.shape, .. Enumerable.Repeat(1L, (int)(logits.dim() - noisy.dim()))]);
        var factors = Aten.add_(Aten.mul(noise, deviation).mul_(chosen.to(noise.dtype)), 1);

        // A class that is ruled out stays so: times a factor of 0 or below, −∞ would be no number, or certainty.
        return where(logits.isinf(), logits, logits * factors).MoveToOuterDisposeScope();
    }
}
