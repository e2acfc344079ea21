using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// SWAG: a normal distribution of a network's weights around the mean of those that training came by, with the variance of each
/// and the directions in which the last of them lay (Maddox et al. 2019, arXiv 1902.02476, algorithm 1). It watches a <c>Fit</c>.
/// </summary>
/// <remarks>
/// <para>
/// At the end of every epoch from one on it takes the weights θ: their mean, that of their squares, and of the last K the
/// distance from the mean at that time, the columns of D. A draw is
/// mean + √½·√(variance)·ε₁ + D·ε₂/√(2·(K − 1)), equation 1; without directions mean + √(variance)·ε₁.
/// Let the learning rate be constant, and larger than at the end of an ordinary run: a rate near 0 shows no spread, and draws
/// are the mean.
/// </para>
/// <para>
/// Numbers are kept in float64 on the CPU, K + 2 times those of the network. They are not part of a trainer's checkpoints: who
/// resumes a run takes the epochs after it alone. A network with running statistics is refused: those of a draw are no
/// draw's of the weights; use <c>[GroupNorm]</c> or <c>[LayerNorm]</c>.
/// </para>
/// </remarks>
/// <typeparam name="TNetwork">The network's declaration.</typeparam>
/// <example><code>
/// // [Trainer&lt;Net&gt;, CrossEntropy, Sgd(0.05, Momentum = 0.9), Epochs(60)]
/// using var swag = new Swag&lt;Net&gt;(net, fromEpoch: 41);
/// trainer.Fit(data, swag);
/// using var ensemble = swag.Sample(30, () => new Net(), seed: 1);
/// </code></example>
public sealed class Swag<TNetwork> : ITrainingProgress, IDisposable
    where TNetwork : nn.Module<Tensor, Tensor>
{
    // A weight that never moves has no variance, but rounding of the mean of squares must not make it negative.
    private const double LeastVariance = 1e-30;

    private readonly TNetwork _network;
    private readonly long _fromEpoch;
    private readonly ITrainingProgress? _inner;
    private readonly Queue<Tensor> _distances = [];
    private Tensor? _mean;
    private Tensor? _squares;

    /// <summary>A watcher.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="fromEpoch">The first epoch at whose end weights are taken, from 1; the paper takes the last quarter of the
    /// run.</param>
    /// <param name="rank">K: how many directions are kept; 0 for none, else 2 or more, 20 in the paper.</param>
    /// <param name="inner">Who watches too; null for nobody.</param>
    /// <exception cref="ArgumentException">The network has running statistics.</exception>
    public Swag(TNetwork network, long fromEpoch = 1, int rank = 20, ITrainingProgress? inner = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(fromEpoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfEqual(rank, 1);
        var buffer = network.named_buffers().FirstOrDefault(known => known.name.Contains("running", StringComparison.Ordinal));
        if (buffer.name is { } name)
        {
            throw new ArgumentException(
                $"'{network.GetName()}' has running statistics, such as '{name}', which would be those of no draw: use "
                + "[GroupNorm] or [LayerNorm].", nameof(network));
        }

        (_network, _fromEpoch, Rank, _inner) = (network, fromEpoch, rank, inner);
    }

    /// <summary>K: how many directions are kept at most.</summary>
    public int Rank { get; }

    /// <summary>How many weights were taken.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the network's weights now, as at the end of an epoch: for who calls <c>Step</c>.</summary>
    public void Collect()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor weights = cat([.. Parameters(_network).Select(
            parameter => parameter.detach().cpu().to_type(ScalarType.Float64).flatten())]);
        _mean ??= zeros_like(weights).DetachFromDisposeScope();
        _squares ??= zeros_like(weights).DetachFromDisposeScope();
        Count++;
        Aten.add_(_mean, Aten.div(weights.sub(_mean), Count));
        Aten.add_(_squares, Aten.div(weights.mul(weights).sub(_squares), Count));
        if (Rank == 0) return;
        _distances.Enqueue(weights.sub(_mean).DetachFromDisposeScope());
        if (_distances.Count > Rank) _distances.Dequeue().Dispose();
    }

    /// <summary>Networks with drawn weights as an ensemble, whose prediction is the mean of their probabilities.</summary>
    /// <param name="count">How many, at least 1; the paper takes 30.</param>
    /// <param name="create">Makes a network of the declaration; its weights are replaced.</param>
    /// <param name="seed">Equal seeds give equal draws.</param>
    /// <exception cref="InvalidOperationException">Fewer than two weights were taken: there is no spread.</exception>
    public Ensemble<TNetwork> Sample(int count, Func<TNetwork> create, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(create);
        if (Count < 2 || _mean is null || _squares is null)
        {
            throw new InvalidOperationException(
                $"Weights were taken {(Count == 1 ? "once" : "never")}, which have no spread: begin at an earlier epoch than "
                + $"{_fromEpoch}, and give this to Fit.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(seed, "swag");
        Tensor deviation = Aten.clamp_min(_squares.sub(_mean.mul(_mean)), LeastVariance).sqrt();
        bool hasDirections = _distances.Count > 1;
        Tensor? directions = hasDirections ? stack([.. _distances], 1) : null;
        List<TNetwork> members = [];
        for (int i = 0; i < count; i++)
        {
            var source = stream.At(i);
            Tensor spread = randn([_mean.numel()], generator: source).to_type(ScalarType.Float64).mul(deviation);
            Tensor drawn = Aten.add(_mean, hasDirections ? Aten.mul(spread, Math.Sqrt(0.5)) : spread);
            if (directions is not null)
            {
                Tensor along = randn([directions.size(1)], generator: source).to_type(ScalarType.Float64);
                drawn = Aten.add(
                    drawn, Aten.div(directions.matmul(along), Math.Sqrt(2.0 * (directions.size(1) - 1))));
            }

            members.Add(With(create(), drawn));
        }

        return new Ensemble<TNetwork>(members);
    }

    /// <summary>A network with the mean weights: what SWA gives.</summary>
    /// <param name="create">Makes a network of the declaration; its weights are replaced.</param>
    /// <exception cref="InvalidOperationException">No weights were taken.</exception>
    public TNetwork Mean(Func<TNetwork> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (_mean is null) throw new InvalidOperationException("No weights were taken: give this to Fit.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return With(create(), _mean);
    }

    /// <inheritdoc/>
    public void Started(TrainingRun run) => _inner?.Started(run);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss) => _inner?.Stepped(step, loss);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => _inner?.Stepped(step, loss, accuracy);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) =>
        _inner?.Stepped(step, loss, losses);

    /// <inheritdoc/>
    public void Evaluated(long step, IEvaluation evaluation) => _inner?.Evaluated(step, evaluation);

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (epoch.Epoch >= _fromEpoch) Collect();
        _inner?.EpochEnded(epoch);
    }

    /// <inheritdoc/>
    public void Skipped(long step, long skippedSteps) => _inner?.Skipped(step, skippedSteps);

    /// <inheritdoc/>
    public void RolledBack(long step, long rollBacks, double learningRateScale) =>
        _inner?.RolledBack(step, rollBacks, learningRateScale);

    /// <inheritdoc/>
    public void Warned(long step, string warning) => _inner?.Warned(step, warning);

    /// <inheritdoc/>
    public void Finished(TrainingReport report) => _inner?.Finished(report);

    /// <summary>Frees what was taken.</summary>
    public void Dispose()
    {
        _mean?.Dispose();
        _squares?.Dispose();
        foreach (var distance in _distances) distance.Dispose();
        _distances.Clear();
    }

    private static IEnumerable<Tensor> Parameters(TNetwork network) =>
        network.named_parameters().OrderBy(known => known.name, StringComparer.Ordinal).Select(known => (Tensor)known.parameter);

    private TNetwork With(TNetwork network, Tensor weights)
    {
        long start = 0;
        foreach (var parameter in Parameters(network))
        {
            if (start + parameter.numel() <= weights.numel())
                parameter.copy_(weights.narrow(0, start, parameter.numel()).view(parameter.shape));
            start += parameter.numel();
        }

        if (start == weights.numel())
        {
            if (_network is IDatasetModel { Preprocessing.State: { } statistics }
                && network is IDatasetModel { Preprocessing.State: { } own })
                own.copy_(statistics);
            return network;
        }

        network.Dispose();
        throw new ArgumentException(
            $"The network that was made has {start} weights, but '{_network.GetName()}' has {weights.numel()}: make one of "
            + "the same declaration.");
    }
}
