using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>ddpm-step: the twin of <see cref="Denoiser"/> and its trainers.</summary>
internal sealed class DdpmStep : EagerStep
{
    private const int Levels = 100;

    private readonly Network _network;
    private readonly Tensor _signalRoots, _noiseRoots;

    public DdpmStep() : this(new Network())
    {
    }

    private DdpmStep(Network network) : base(network, learningRate: 1e-3)
    {
        _network = network;
        using var scope = NewDisposeScope();
        var kept = (1 - linspace(1e-3, 0.2, Levels, ScalarType.Float64)).cumprod(0);
        _signalRoots = kept.sqrt().to(ScalarType.Float32).DetachFromDisposeScope();
        _noiseRoots = (1 - kept).sqrt().to(ScalarType.Float32).DetachFromDisposeScope();
    }

    /// <summary>The noise, and the level of each image.</summary>
    public static Tensor[] DrawAll(Batch batch) =>
        [randn_like(batch.Input), randint(0, Levels, [batch.Input.shape[0]], ScalarType.Int64)];

    protected override Tensor ComputeLoss(Batch batch)
    {
        var draws = batch.Draws ?? DrawAll(batch);
        var (noise, level) = (draws[0], draws[1]);
        var noisy = _signalRoots[level].view(-1, 1, 1, 1) * batch.Input + _noiseRoots[level].view(-1, 1, 1, 1) * noise;
        return nn.functional.mse_loss(_network.call(noisy, level), noise);
    }

    private sealed class Network : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Embedding _levels = nn.Embedding(Levels, 64);
        private readonly Sequential _layers =
            nn.Sequential(nn.Linear(128, 256), nn.SiLU(), nn.Linear(256, 256), nn.SiLU(), nn.Linear(256, 64));

        public Network() : base(nameof(Denoiser)) => RegisterComponents();

        public override Tensor forward(Tensor images, Tensor level) =>
            _layers.call(cat([images.flatten(1), _levels.call(level)], 1)).view(-1, 1, 8, 8);
    }
}
