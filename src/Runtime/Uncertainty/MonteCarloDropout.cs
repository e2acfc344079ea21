using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A network whose dropout stays on when it is asked: the mean of the probabilities of several passes, each with masks of its
/// own (Gal and Ghahramani 2016, arXiv 1506.02142). Batch normalisation and everything else are in evaluation mode.
/// </summary>
/// <remarks>
/// <para>
/// Pass s of each batch draws the same numbers: equal batches have equal predictions, whatever was asked before. The network is
/// in evaluation mode for the time of a pass and stays its owner's; several threads may not ask one network at once.
/// </para>
/// <para>
/// It is a module that returns logits, the logarithm of the mean, so that it can be evaluated, calibrated, and teach. Memory
/// and time are those of <see cref="Passes"/> forward passes, one after the other.
/// </para>
/// </remarks>
public sealed class MonteCarloDropout : nn.Module<Tensor, Tensor>, ISampledNetwork
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly long _seed;

    /// <summary>A network with dropout.</summary>
    /// <param name="network">A model of Dsl that declares dropout, or drops paths; it returns logits.</param>
    /// <param name="passes">S, at least 1; 20 and more are customary.</param>
    /// <param name="seed">Equal seeds give equal predictions.</param>
    public MonteCarloDropout(nn.Module<Tensor, Tensor> network, int passes = 20, long seed = 0)
        : base(nameof(MonteCarloDropout))
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        (_network, Passes, _seed) = (network, passes, seed);
    }

    /// <summary>S: forward passes of each batch.</summary>
    public int Passes { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The network drops nothing.</exception>
    public Tensor Sample(Tensor input) => FrozenNetwork.Evaluating(_network, () =>
    {
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(_seed, "monte carlo dropout");
        List<Tensor> passes = [];
        for (int pass = 0; pass < Passes; pass++)
        {
            using var sampling = new DropoutSampling(stream.At(pass));
            passes.Add(_network.forward(input));
            if (sampling.Count > 0) continue;
            throw new InvalidOperationException(
                $"'{_network.GetName()}' has no dropout of Dsl's, and every pass would be the same: declare [Dropout(0.5)] in "
                + "the model.");
        }

        return stack(passes).MoveToOuterDisposeScope();
    });

    /// <summary>log (1/S) Σ softmax(z_s), in the shape of the network's logits.</summary>
    public override Tensor forward(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor logits = Sample(input);
        Tensor logs = logits.log_softmax(ClassLabels.Dimension(logits[0]) + 1);
        return Aten.sub(logs.logsumexp(0), Math.Log(Passes)).MoveToOuterDisposeScope();
    }
}
