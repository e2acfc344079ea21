using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>gpt-adam: the twin of <see cref="Gpt"/> and its trainers.</summary>
internal sealed class GptStep : EagerStep
{
    private readonly GptNetwork _network;

    public GptStep() : this(new GptNetwork())
    {
    }

    private GptStep(GptNetwork network) : base(network, learningRate: 1e-3) => _network = network;

    protected override Tensor ComputeLoss(Batch batch) =>
        nn.functional.cross_entropy(_network.call(batch.Input).flatten(0, 1), batch.Label.flatten());
}
