using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Lower bounds on the log-likelihood of data by a model with several levels of latent numbers, means over the data in
/// nats.</summary>
/// <param name="Elbo">The evidence lower bound −(<paramref name="Reconstruction"/> + all of <paramref name="Divergences"/>),
/// whatever weight divergences have in training.</param>
/// <param name="Reconstruction">−log p(x|z₁), the mean over the draws.</param>
/// <param name="Divergences">What each level costs, from the first: the mean over the draws of log q(z_l|z_(l−1)) −
/// log p(z_l|z_(l+1)), of the last KL(q(z_L|z_(L−1)) ‖ N(0, 1)) by its formula. A level of which it is 0 says nothing of
/// the one below it.</param>
/// <param name="ImportanceWeighted">log of the mean of p(x, z)/q(z|x) over the draws, z all levels (Burda et al. 2016, arXiv
/// 1509.00519, equation 8): the more draws, the closer to log p(x).</param>
/// <param name="Draws">Draws of all latent numbers for each sample.</param>
/// <param name="Count">Number of samples.</param>
public sealed record HierarchicalBound(
    double Elbo, double Reconstruction, IReadOnlyList<double> Divergences, double ImportanceWeighted, int Draws, long Count)
    : IEvaluation
{
    /// <summary>−<see cref="Elbo"/>.</summary>
    public double Loss => -Elbo;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", Loss), ("reconstruction", Reconstruction),
        .. Divergences.Select((divergence, level) => ($"divergence{level + 1}", divergence)),
        ("importanceWeighted", ImportanceWeighted),
    ];

    /// <summary>Bounds on data, batch by batch in order. Training is not affected.</summary>
    /// <param name="terms">−log p(x|z₁), what each of L levels costs, and log p(z) − log q(z|x) of samples [N, ...] at
    /// drawn z, [N, L + 2].</param>
    /// <param name="data">Samples, at least one.</param>
    /// <param name="draws">Draws for each sample, at least 1.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="type">Their type.</param>
    /// <param name="device">Where the networks live.</param>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    /// <exception cref="DataMismatchException">The samples are not what the networks take.</exception>
    public static HierarchicalBound Of(
        Func<Tensor, DrawSampler, Tensor> terms, IDataSource data, int draws, RandomStream stream, ScalarType type,
        Device device)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(data);
        var (means, weighted) = BoundSums.Of(
            (input, _, sampler) => terms(input, sampler), data, draws, stream, type, device);
        return new HierarchicalBound(-means[..^1].Sum(), means[0], means[1..^1], weighted, draws, data.Count);
    }

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
