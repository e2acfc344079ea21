using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Several classifiers as one: the logarithm of the mean of their probabilities, which is an evaluated network's logits as well
/// as a teacher's (born-again ensembles of Furlanello et al. 2018, arXiv 1805.04770, section 3.1).
/// </summary>
/// <remarks>The networks are put in evaluation mode; they stay their owner's, and are not moved with the ensemble.</remarks>
public sealed class NetworkEnsemble : nn.Module<Tensor, Tensor>, ISampledNetwork
{
    private readonly nn.Module<Tensor, Tensor>[] _networks;

    /// <summary>An ensemble.</summary>
    /// <param name="networks">At least one, which return logits for the same inputs: [N, K], [N, T, K] for sequences, [N, K, H,
    /// W] for images of classes.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public NetworkEnsemble(params nn.Module<Tensor, Tensor>[] networks)
        : base(nameof(NetworkEnsemble))
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Length == 0) throw new ArgumentException("An ensemble has at least one network.", nameof(networks));
        _networks = networks;
        foreach (var network in networks) network.eval();
    }

    /// <inheritdoc/>
    public Tensor Sample(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return stack(_networks.Select(network => network.forward(input))).MoveToOuterDisposeScope();
    }

    /// <summary>log (1/M) Σₘ softmax(zₘ), in the shape of one network's logits.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var logs = stack(_networks.Select(LogProbabilities));
        return Aten.sub(logs.logsumexp(0), Math.Log(_networks.Length)).MoveToOuterDisposeScope();

        Tensor LogProbabilities(nn.Module<Tensor, Tensor> network)
        {
            var logits = network.forward(input);
            return logits.log_softmax(ClassLabels.Dimension(logits));
        }
    }
}
