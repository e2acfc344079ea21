using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>A step of a network that names classes.</summary>
internal abstract class ClassifierStep(nn.Module<Tensor, Tensor> network) : EagerStep(network, learningRate: 1e-3)
{
    private readonly nn.Module<Tensor, Tensor> _network = network;

    protected override Tensor ComputeLoss(Batch batch) =>
        nn.functional.cross_entropy(_network.call(batch.Input), batch.Label);
}
