using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Lower bounds on the log-likelihood of data by a model with latent numbers, means over the data in nats.</summary>
/// <param name="Elbo">The evidence lower bound −(<paramref name="Reconstruction"/> + <paramref name="Divergence"/>), whatever
/// weight the divergence has in training (Kingma and Welling 2014, arXiv 1312.6114, equation 3).</param>
/// <param name="Reconstruction">−log p(x|z), the mean over the draws of z.</param>
/// <param name="Divergence">KL(q(z|x) ‖ p(z)) by its formula.</param>
/// <param name="ImportanceWeighted">log of the mean of p(x, z)/q(z|x) over the draws (Burda et al. 2016, arXiv 1509.00519,
/// equation 8): the more draws, the closer to log p(x). Of one draw it is an estimate of <paramref name="Elbo"/>.</param>
/// <param name="Draws">Draws of z for each sample.</param>
/// <param name="Count">Number of samples.</param>
public readonly record struct EvidenceBound(
    double Elbo, double Reconstruction, double Divergence, double ImportanceWeighted, int Draws, long Count) : IEvaluation
{
    /// <summary>−<see cref="Elbo"/>.</summary>
    public double Loss => -Elbo;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", Loss), ("reconstruction", Reconstruction), ("divergence", Divergence),
        ("importanceWeighted", ImportanceWeighted),
    ];

    /// <summary>Bounds on data, batch by batch in order. Training is not affected.</summary>
    /// <param name="terms">−log p(x|z), KL(q(z|x) ‖ p(z)) and log p(z) − log q(z|x) of samples [N, ...] at a z that is
    /// drawn, [N, 3].</param>
    /// <param name="data">Samples, at least one.</param>
    /// <param name="draws">Draws of z for each sample, at least 1.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="type">Their type.</param>
    /// <param name="device">Where the networks live.</param>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    /// <exception cref="DataMismatchException">The samples are not what the networks take.</exception>
    public static EvidenceBound Of(
        Func<Tensor, DrawSampler, Tensor> terms, IDataSource data, int draws, RandomStream stream, ScalarType type,
        Device device)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(data);
        return Of((input, _, sampler) => terms(input, sampler), data, draws, stream, type, device);
    }

    /// <summary>Bounds on data whose labels the networks are given, batch by batch in order: on log p(x|y). Training is not
    /// affected.</summary>
    /// <param name="terms">−log p(x|z, y), KL(q(z|x, y) ‖ p(z)) and log p(z) − log q(z|x, y) of samples [N, ...] and
    /// their labels [N] at a z that is drawn, [N, 3].</param>
    /// <param name="data">Samples with labels, at least one.</param>
    /// <param name="draws">Draws of z for each sample, at least 1.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="type">Their type.</param>
    /// <param name="device">Where the networks live.</param>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    /// <exception cref="DataMismatchException">The samples or labels are not what the networks take.</exception>
    public static EvidenceBound Of(
        Func<Tensor, Tensor, DrawSampler, Tensor> terms, ILabeledDataSource data, int draws, RandomStream stream,
        ScalarType type, Device device)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(data);
        return Of((input, places, sampler) => terms(input, DataTransfer.To(data.ReadLabels(places), device), sampler),
            (IDataSource)data, draws, stream, type, device);
    }

    private static EvidenceBound Of(
        Func<Tensor, Tensor, DrawSampler, Tensor> terms, IDataSource data, int draws, RandomStream stream, ScalarType type,
        Device device)
    {
        var (means, weighted) = BoundSums.Of(terms, data, draws, stream, type, device);
        return new EvidenceBound(-(means[0] + means[1]), means[0], means[1], weighted, draws, data.Count);
    }

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
