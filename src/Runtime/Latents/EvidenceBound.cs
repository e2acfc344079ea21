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
    private const int BatchSize = 512;

    /// <summary>−<see cref="Elbo"/>.</summary>
    public double Loss => -Elbo;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", Loss), ("reconstruction", Reconstruction), ("divergence", Divergence),
        ("importanceWeighted", ImportanceWeighted),
    ];

    /// <summary>Bounds on data, batch by batch in order. Training is not affected.</summary>
    /// <param name="terms">−log p(x|z), KL(q(z|x) ‖ p(z)) and log p(z) − log q(z|x) of samples [N, ...] at a z that is drawn,
    /// [N, 3].</param>
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
    /// <param name="terms">−log p(x|z, y), KL(q(z|x, y) ‖ p(z)) and log p(z) − log q(z|x, y) of samples [N, ...] and their labels
    /// [N] at a z that is drawn, [N, 3].</param>
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

    // The terms are told the places of the samples, too.
    private static EvidenceBound Of(
        Func<Tensor, Tensor, DrawSampler, Tensor> terms, IDataSource data, int draws, RandomStream stream, ScalarType type,
        Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        long count = data.Count;
        if (count < 1) throw new InvalidOperationException($"There is no sample to evaluate: the data tell {count}.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sums = new EvaluationSums(device);
        long drawn = 0;
        for (long first = 0; first < count; first += BatchSize)
        {
            using var batch = NewDisposeScope();
            var places = Aten.arange(first, Math.Min(first + BatchSize, count));
            var input = DataTransfer.To(data.ReadInputs(places), device);
            var weights = new Tensor[draws];
            for (int draw = 0; draw < draws; draw++)
            {
                var numbers = terms(input, places, new DrawSampler(stream, drawn++, type, device)).to_type(ScalarType.Float64);
                sums.Add("terms", numbers.sum(0L));
                weights[draw] = numbers.select(1, 2) - numbers.select(1, 0);
            }

            sums.Add("weights", stack(weights, 0).logsumexp(0).sum());
        }

        var means = Aten.div(sums.Tensor("terms"), (double)count * draws);
        double reconstruction = Aten.item(means[0]), divergence = Aten.item(means[1]);
        double weighted = (sums["weights"] / count) - Math.Log(draws);
        return new EvidenceBound(-(reconstruction + divergence), reconstruction, divergence, weighted, draws, count);
    }

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
