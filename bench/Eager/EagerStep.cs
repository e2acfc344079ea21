using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>A training step in TorchSharp as a good user of it writes one: what a trainer is compared with.</summary>
internal abstract class EagerStep
{
    private readonly nn.Module _network;

    /// <param name="network">What is trained.</param>
    /// <param name="learningRate">Adam's; the rest is Adam's default on every side.</param>
    protected EagerStep(nn.Module network, double learningRate)
    {
        _network = network;
        Optimizer = optim.Adam(network.parameters(), learningRate);
    }

    /// <summary>The network that is trained, then its teacher where there is one.</summary>
    public virtual IReadOnlyList<nn.Module> Networks => [_network];

    /// <summary>The last step's loss; it lives until the next step, as a trainer's does.</summary>
    public Tensor? Loss { get; private set; }

    /// <summary>What updates the network.</summary>
    protected Adam Optimizer { get; }

    /// <summary>One update.</summary>
    public virtual void Run(Batch batch)
    {
        using var scope = NewDisposeScope();
        Optimizer.zero_grad();
        var loss = ComputeLoss(batch);
        loss.backward();
        Optimizer.step();
        Loss?.Dispose();
        Loss = loss.detach().DetachFromDisposeScope();
    }

    /// <summary>The loss that is minimised, in the scope of the step.</summary>
    protected abstract Tensor ComputeLoss(Batch batch);
}
