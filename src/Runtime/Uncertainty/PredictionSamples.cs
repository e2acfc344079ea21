using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A network that says several things of a sample: an ensemble's members, passes with dropout.</summary>
public interface ISampledNetwork
{
    /// <summary>What it says, each by itself.</summary>
    /// <param name="input">A batch [N, ...].</param>
    /// <returns>Logits [S, N, ...] of S members or passes; the caller frees them.</returns>
    Tensor Sample(Tensor input);
}

/// <summary>
/// Several predictions of each sample, and what of their uncertainty is of the data and what of the network: the entropy of the
/// mean is the mean entropy, which is aleatoric, and the mutual information of label and member, which is epistemic (Depeweg et
/// al. 2018, arXiv 1710.07283, equation 1; Houlsby et al. 2011, arXiv 1112.5745).
/// </summary>
public sealed class PredictionSamples : IDisposable
{
    private readonly Tensor _logs;

    /// <summary>Predictions, of which a copy is made.</summary>
    /// <param name="logits">[S, N, K] of finite floating-point numbers.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a number that is not finite.</exception>
    public PredictionSamples(Tensor logits)
    {
        BatchPart.Require(logits, nameof(logits));
        if (logits.dim() != 3 || logits.numel() == 0 || !logits.is_floating_point())
        {
            throw new DataMismatchException(
                $"The logits are [{string.Join(", ", logits.shape)}] of {logits.dtype}, but several predictions of each sample "
                + "are [S, N, K] of floating-point numbers.");
        }

        FiniteData.Require(logits, nameof(logits));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _logs = logits.detach().to_type(ScalarType.Float64).log_softmax(2).DetachFromDisposeScope();
    }

    /// <summary>S: predictions of each sample.</summary>
    public long Samples => _logs.size(0);

    /// <summary>N.</summary>
    public long Count => _logs.size(1);

    /// <summary>The logarithm of the mean probabilities, [N, K] float64: logits of the mean. The caller frees it, as all
    /// below.</summary>
    public Tensor Logits => Of(() => Mean());

    /// <summary>The largest mean probability, [N]: the higher the surer.</summary>
    public Tensor Confidence => Of(() => Mean().exp().amax([1]));

    /// <summary>H of the mean probabilities in nats, [N]: all uncertainty.</summary>
    public Tensor Entropy => Of(() => Entropies(Mean()));

    /// <summary>The mean of the members' entropies, [N]: what they agree cannot be known, the data's own.</summary>
    public Tensor AleatoricEntropy => Of(() => Entropies(_logs).mean([0L]));

    /// <summary>The entropy of the mean less the mean entropy, [N], at least 0: what the members disagree about, and more data
    /// would tell.</summary>
    public Tensor MutualInformation =>
        Of(() => Aten.clamp_min(Entropies(Mean()).sub(Entropies(_logs).mean([0L])), 0));

    /// <summary>What a network says of data, in evaluation mode and without gradients.</summary>
    /// <typeparam name="TNetwork">An ensemble, or a network with dropout.</typeparam>
    /// <param name="network">Gives several logits [N, K] of each sample.</param>
    /// <param name="data">Inputs.</param>
    /// <param name="device">Where the network lives; null for the CPU.</param>
    /// <param name="batchSize">Samples of a pass, at least 1.</param>
    public static PredictionSamples Of<TNetwork>(
        TNetwork network, IDataSource data, Device? device = null, int batchSize = 512)
        where TNetwork : nn.Module<Tensor, Tensor>, ISampledNetwork
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        List<Tensor> parts = [];
        for (long first = 0; first < data.Count; first += batchSize)
        {
            using var batch = NewDisposeScope();
            var indices = Aten.arange(first, Math.Min(first + batchSize, data.Count));
            parts.Add(network.Sample(DataTransfer.To(data.ReadInputs(indices), device ?? CPU)).MoveToOuterDisposeScope());
        }

        return new PredictionSamples(cat(parts, 1));
    }

    /// <summary>Frees the predictions.</summary>
    public void Dispose() => _logs.Dispose();

    private static Tensor Entropies(Tensor logs) => logs.exp().mul(logs).sum(-1).neg();

    private static Tensor Of(Func<Tensor> compute)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return compute().MoveToOuterDisposeScope();
    }

    private Tensor Mean() => Aten.sub(_logs.logsumexp(0), Math.Log(Samples));
}
