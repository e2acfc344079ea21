using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>A training step in TorchSharp as a good user of it writes one: what a trainer is compared with.</summary>
internal abstract class EagerStep
{
    private readonly nn.Module _network;

    /// <param name="network">What is trained.</param>
    /// <param name="optimizer">Makes what updates it; what it is not told is the default on every side.</param>
    protected EagerStep(nn.Module network, Func<IEnumerable<Parameter>, optim.Optimizer> optimizer)
    {
        _network = network;
        Optimizer = optimizer(network.parameters());
    }

    /// <param name="network">What is trained.</param>
    /// <param name="learningRate">Adam's; the rest is Adam's default on every side.</param>
    protected EagerStep(nn.Module network, double learningRate)
        : this(network, parameters => optim.Adam(parameters, learningRate))
    {
    }

    /// <summary>The network that is trained, then its teacher or copy where there is one.</summary>
    public virtual IReadOnlyList<nn.Module> Networks => [_network];

    /// <summary>The last step's loss; it lives until the next step, as a trainer's does.</summary>
    public Tensor? Loss { get; private set; }

    /// <summary>What updates the network.</summary>
    protected optim.Optimizer Optimizer { get; }

    /// <summary>One update.</summary>
    public virtual void Run(Batch batch)
    {
        using var scope = NewDisposeScope();
        Optimizer.zero_grad();
        var loss = ComputeLoss(batch);
        loss.backward();
        Update();
        Loss?.Dispose();
        Loss = loss.detach().DetachFromDisposeScope();
    }

    /// <summary>Moves the parameters by their gradients.</summary>
    protected virtual void Update() => Optimizer.step();

    /// <summary>The loss that is minimised, in the scope of the step.</summary>
    protected abstract Tensor ComputeLoss(Batch batch);
}
