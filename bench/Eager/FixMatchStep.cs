using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>wrn-fixmatch: the twin of <see cref="WideResNet"/> and its trainers.</summary>
internal sealed class FixMatchStep : EagerStep
{
    private const int Pixels = 4, Square = 16, Side = 32;
    // Of ten classes one always has more: by a threshold that a sample could just pass or miss, sides that do the same would
    // differ.
    private const double Threshold = 0.05, Noise = 0.1;

    private readonly Sequential _network;

    public FixMatchStep() : this(WideResidualBlock.Network())
    {
    }

    private FixMatchStep(Sequential network)
        : base(network, parameters => optim.SGD(parameters, 0.003, momentum: 0.9, nesterov: true)) => _network = network;

    /// <summary>Random numbers of the labelled view, the weak and the strong one: shifts of all three, and the strong one's noise
    /// and the rows and columns of its squares' centres.</summary>
    public static Tensor[] DrawAll(Batch batch)
    {
        long count = batch.Unlabeled.shape[0];
        return
        [
            RandomShift.DrawOffsets(batch.Input.shape[0], Pixels), RandomShift.DrawOffsets(count, Pixels),
            RandomShift.DrawOffsets(count, Pixels), randn_like(batch.Unlabeled),
            randint(0, Side, [count, 1], ScalarType.Int64), randint(0, Side, [count, 1], ScalarType.Int64),
        ];
    }

    protected override Tensor ComputeLoss(Batch batch)
    {
        var draws = batch.Draws ?? DrawAll(batch);
        long labeled = batch.Input.shape[0], unlabeled = batch.Unlabeled.shape[0];
        var known = RandomShift.Apply(batch.Input, draws[0], Pixels);
        var weak = RandomShift.Apply(batch.Unlabeled, draws[1], Pixels);
        var strong = Cut(RandomShift.Apply(batch.Unlabeled, draws[2], Pixels) + draws[3] * Noise, draws[4], draws[5]);
        var parts = _network.call(cat([known, weak, strong])).split([labeled, unlabeled, unlabeled]);
        var (sure, guess) = functional.softmax(parts[1].detach(), 1).max(1);
        var likelihood = functional.cross_entropy(parts[2], guess, reduction: Reduction.None);
        return functional.cross_entropy(parts[0], batch.Label)
            + (likelihood * (sure >= Threshold).to(likelihood.dtype)).mean();
    }

    private static Tensor Cut(Tensor images, Tensor rows, Tensor columns)
    {
        var within = Within(rows).unsqueeze(2).logical_and(Within(columns).unsqueeze(1));
        return images.masked_fill(within.unsqueeze(1), 0);
    }

    // Which places of a row or column the squares cover, [N, 32].
    private static Tensor Within(Tensor centers)
    {
        var first = centers - Square / 2;
        var places = arange(Side, ScalarType.Int64);
        return (places >= first).logical_and(places < first + Square);
    }
}
