using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How much of a known mixture a generator makes: which of its modes have samples, and how many samples lie at none, as GANs are
/// judged on mixtures of Gaussians (Metz et al. 2017, arXiv 1611.02163, section 3.1; Srivastava et al. 2017, arXiv 1705.07761,
/// section 4.1). A sample belongs to the nearest mode, and is good within a radius of it, habitually three deviations.
/// </summary>
/// <param name="Shares">The share of all samples that is good at each mode.</param>
/// <param name="LeastShare">The share from which a mode is covered.</param>
public sealed record ModeCoverage(IReadOnlyList<double> Shares, double LeastShare)
{
    /// <summary>How many modes are covered.</summary>
    public int Covered => Shares.Count(share => share > 0 && share >= LeastShare);

    /// <summary>How many modes there are.</summary>
    public int Modes => Shares.Count;

    /// <summary>The share of samples that is good at any mode, in [0, 1].</summary>
    public double Good => Shares.Sum();

    /// <summary>Whether modes are left out that a generator of all of them would have covered.</summary>
    public bool HasCollapsed => Covered < Modes;

    /// <summary>The coverage of a mixture by samples.</summary>
    /// <param name="samples">[N, ...], at least one.</param>
    /// <param name="modes">The middle of each mode, [K, ...] in the shape of samples.</param>
    /// <param name="radius">How far a good sample lies from its mode at most, above 0, in units of the samples.</param>
    /// <param name="leastShare">The share of samples from which a mode is covered, in [0, 1]; 0 where one sample is
    /// enough.</param>
    /// <exception cref="DataMismatchException">Samples or modes are no finite numbers, or of different shapes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not above 0, or the share not in [0, 1].</exception>
    public static ModeCoverage Of(Tensor samples, Tensor modes, double radius, double leastShare = 0)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(modes);
        if (!(radius > 0)) throw new ArgumentOutOfRangeException(nameof(radius), radius, "A radius is above 0.");
        if (!(leastShare is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(leastShare), leastShare, "A share is in [0, 1].");
        if (samples.dim() < 2 || !samples.shape.AsSpan(1).SequenceEqual(modes.shape.AsSpan(1)))
        {
            throw new DataMismatchException(
                $"Samples [{string.Join(", ", samples.shape)}] are held against modes [{string.Join(", ", modes.shape)}]: give a "
                + "row for each, of one shape.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor rows = samples.detach().flatten(1), centres = modes.detach().to(samples.device).flatten(1);
        EmbeddingRows.Require(rows, "samples");
        EmbeddingRows.Require(centres, "modes");
        var (distance, nearest) = cdist(rows.to(ScalarType.Float64), centres.to(ScalarType.Float64), p: 2).min(1);
        var good = nearest.masked_select(Aten.le(distance, radius));
        var counts = good.bincount(null, modes.size(0)).to(ScalarType.Float64);
        double[] shares = [.. counts.cpu().data<double>().ToArray().Select(count => count / samples.size(0))];
        return new ModeCoverage(shares, leastShare);
    }
}
