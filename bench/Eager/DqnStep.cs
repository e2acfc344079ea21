using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>dqn-step: the twin of <see cref="QNet"/> and its trainers: an update by given transitions, no acting.</summary>
internal sealed class DqnStep : EagerStep
{
    private const int TargetPeriod = 10;

    private readonly Sequential _network, _target = Network();
    private int _step;

    public DqnStep() : this(Network())
    {
    }

    private DqnStep(Sequential network) : base(network, learningRate: 1e-3)
    {
        _network = network;
        _target.load_state_dict(network.state_dict());
        foreach (var parameter in _target.parameters()) parameter.requires_grad = false;
    }

    public override IReadOnlyList<Module> Networks => [_network, _target];

    public override void Run(Batch batch)
    {
        base.Run(batch);
        if (++_step % TargetPeriod == 0) _target.load_state_dict(_network.state_dict());
    }

    protected override Tensor ComputeLoss(Batch batch)
    {
        var taken = _network.call(batch.Input).gather(1, batch.Label.unsqueeze(1)).squeeze(1);
        return functional.huber_loss(taken, Target(batch));
    }

    protected override void Update()
    {
        nn.utils.clip_grad_norm_(_network.parameters(), 10);
        base.Update();
    }

    private Tensor Target(Batch batch)
    {
        using var noGrad = no_grad();
        var next = batch.Parts[3];
        var best = _network.call(next).argmax(1, keepdim: true);
        return batch.Parts[2] + 0.99 * (1 - batch.Parts[4]) * _target.call(next).gather(1, best).squeeze(1);
    }

    private static Sequential Network() => Sequential(Linear(4, 128), ReLU(), Linear(128, 84), ReLU(), Linear(84, 2));
}
