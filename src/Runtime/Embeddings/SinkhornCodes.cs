using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples shared out evenly among prototypes, as far as their scores allow (Cuturi 2013; Caron et al. 2020, arXiv
/// 2006.09882, equation 3 and appendix A).</summary>
public static class SinkhornCodes
{
    /// <summary>What each view of a sample is to be told as: the code of the other view.</summary>
    /// <param name="scores">The cosines of two views of N samples with K prototypes, first views in front, [2N, K].</param>
    /// <param name="epsilon">ε: how even codes are, above 0.</param>
    /// <param name="iterations">How often prototypes and samples are evened out, at least 1.</param>
    /// <returns>[2N, K], each row a distribution; the caller frees it. Nothing waits for the device.</returns>
    public static Tensor Swapped(Tensor scores, double epsilon, long iterations)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Hyperparameter.Check(epsilon, "(0, inf)", nameof(epsilon));
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long samples = scores.size(0) / 2;
        Tensor[] codes = [.. new[] { scores.narrow(0, samples, samples), scores.narrow(0, 0, samples) }
            .Select(view => Codes(view.detach().to_type(ScalarType.Float64), epsilon, iterations))];
        return cat(codes).to_type(scores.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>exp(s/ε) brought to equal sums of each prototype, then of each sample, several times.</summary>
    private static Tensor Codes(Tensor scores, double epsilon, long iterations)
    {
        // One factor of all is taken out by the first sums.
        Tensor codes = Aten.div(scores.sub(scores.max()), epsilon).exp();
        for (long i = 0; i < iterations; i++)
        {
            codes = codes.div(codes.sum(0, keepdim: true));
            codes = codes.div(codes.sum(1, keepdim: true));
        }

        return codes;
    }
}
