using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>A step of a network that names classes.</summary>
internal abstract class ClassifierStep : EagerStep
{
    private readonly nn.Module<Tensor, Tensor> _network;

    /// <summary>By Adam.</summary>
    protected ClassifierStep(nn.Module<Tensor, Tensor> network) : base(network, learningRate: 1e-3) => _network = network;

    /// <summary>By another optimizer.</summary>
    protected ClassifierStep(nn.Module<Tensor, Tensor> network, Func<IEnumerable<Parameter>, optim.Optimizer> optimizer)
        : base(network, optimizer) => _network = network;

    protected override Tensor ComputeLoss(Batch batch) =>
        nn.functional.cross_entropy(_network.call(batch.Input), batch.Label);
}
