using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How well two divisions of the same samples agree, as clusters with classes, whatever their parts are
/// called.</summary>
/// <param name="NormalizedMutualInformation">I(A; B) over the mean of the entropies H(A) and H(B), in [0, 1] (Strehl and Ghosh
/// 2002, with the arithmetic mean). It grows with the number of parts, also by chance. 1 where both have one part alone.</param>
/// <param name="AdjustedRandIndex">The share of pairs that both put together or apart, less what chance gives, as a share of what
/// is possible (Hubert and Arabie 1985): 1 where they are equal, about 0 by chance, at least −0.5.</param>
public sealed record ClusterAgreement(double NormalizedMutualInformation, double AdjustedRandIndex)
{
    /// <summary>Compares two divisions.</summary>
    /// <param name="first">The part of each sample, [N] int64, each at least 0; N at least 2.</param>
    /// <param name="second">Another part of each, [N] int64.</param>
    /// <exception cref="DataMismatchException">Shapes or types that do not fit, a negative number, fewer than two
    /// samples.</exception>
    public static ClusterAgreement Of(Tensor first, Tensor second)
    {
        BatchPart.Require(first, nameof(first));
        if (first.dim() != 1 || first.size(0) < 2)
        {
            throw new DataMismatchException(
                $"The first division is [{string.Join(", ", first.shape)}], but a part for each of at least two samples is [N].");
        }

        using var rows = first.unsqueeze(1);
        long[] a = EmbeddingRows.Labels(first, rows, "first division's parts");
        long[] b = EmbeddingRows.Labels(second, rows, "second division's parts");
        long[] both = [.. a.Zip(b).CountBy(pair => pair).Select(cell => (long)cell.Value)];
        long[] ofA = [.. a.CountBy(part => part).Select(part => (long)part.Value)];
        long[] ofB = [.. b.CountBy(part => part).Select(part => (long)part.Value)];
        return new(MutualInformation(a.Length, both, ofA, ofB), Rand(a.Length, both, ofA, ofB));
    }

    // I(A; B) = H(A) + H(B) − H(A, B).
    private static double MutualInformation(long samples, long[] both, long[] ofA, long[] ofB)
    {
        double entropies = Entropy(samples, ofA) + Entropy(samples, ofB);
        return entropies == 0 ? 1 : Math.Clamp(2 * (entropies - Entropy(samples, both)) / entropies, 0, 1);
    }

    private static double Entropy(double samples, long[] counts) =>
        -counts.Sum(count => count / samples * Math.Log(count / samples));

    private static double Rand(long samples, long[] both, long[] ofA, long[] ofB)
    {
        double together = Pairs(both), inA = Pairs(ofA), inB = Pairs(ofB), all = samples * (samples - 1.0) / 2;
        double expected = inA * inB / all, most = (inA + inB) / 2;

        // Both put all samples together, or each apart: they are equal.
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double Pairs(long[] counts) => counts.Sum(count => count * (count - 1.0) / 2);
}
