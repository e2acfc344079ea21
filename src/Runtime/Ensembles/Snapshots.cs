using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Snapshot ensembles: copies of one network at the end of each cycle of its learning rate, an ensemble for the price of one run
/// (Huang et al. 2017, arXiv 1704.00109). It watches a <c>Fit</c> with <c>[CosineRestarts]</c>.
/// </summary>
/// <typeparam name="TNetwork">The network's declaration.</typeparam>
/// <example><code>
/// // [Trainer&lt;Net&gt;, CrossEntropy, Sgd(0.1, Momentum = 0.9), CosineRestarts(T0Epochs = 40), Epochs(200)]
/// using var snapshots = new Snapshots&lt;Net&gt;(trainer, net, () => new Net());
/// trainer.Fit(data, snapshots);
/// using var ensemble = snapshots.ToEnsemble();
/// </code></example>
public sealed class Snapshots<TNetwork> : ITrainingProgress, IDisposable
    where TNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Trainer _trainer;
    private readonly TNetwork _network;
    private readonly Func<TNetwork> _create;
    private readonly ITrainingProgress? _inner;
    private readonly List<(long Step, TNetwork Network)> _taken = [];

    /// <summary>A watcher.</summary>
    /// <param name="trainer">Whose learning rate says where a cycle ends: at the last step before one with a higher rate, and at
    /// the last step of all.</param>
    /// <param name="network">The network that is trained, or the average that is evaluated.</param>
    /// <param name="create">Makes a network of the declaration; its values are replaced.</param>
    /// <param name="inner">Who watches too; null for nobody.</param>
    public Snapshots(Trainer trainer, TNetwork network, Func<TNetwork> create, ITrainingProgress? inner = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(create);
        (_trainer, _network, _create, _inner) = (trainer, network, create, inner);
    }

    /// <summary>How many were taken.</summary>
    public int Count => _taken.Count;

    /// <summary>The steps after which they were taken.</summary>
    public IReadOnlyList<long> Steps => [.. _taken.Select(snapshot => snapshot.Step)];

    /// <summary>The last snapshots as an ensemble, which owns them.</summary>
    /// <param name="last">How many; null for all. The first cycles of a long run are worse than the last.</param>
    /// <exception cref="InvalidOperationException">There are fewer.</exception>
    public Ensemble<TNetwork> ToEnsemble(int? last = null)
    {
        int wanted = last ?? _taken.Count;
        if (wanted < 1 || wanted > _taken.Count)
        {
            throw new InvalidOperationException(
                $"{_taken.Count} snapshots were taken, of which {wanted} are asked for: declare [CosineRestarts] with shorter "
                + "cycles, and give this to Fit.");
        }

        foreach (var (_, network) in _taken.Take(_taken.Count - wanted)) network.Dispose();
        var ensemble = new Ensemble<TNetwork>([.. _taken.Skip(_taken.Count - wanted).Select(snapshot => snapshot.Network)]);
        _taken.Clear();
        return ensemble;
    }

    /// <inheritdoc/>
    public void Started(TrainingRun run) => _inner?.Started(run);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss)
    {
        Take(step);
        _inner?.Stepped(step, loss);
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy)
    {
        Take(step);
        _inner?.Stepped(step, loss, accuracy);
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses)
    {
        Take(step);
        _inner?.Stepped(step, loss, losses);
    }

    /// <inheritdoc/>
    public void Evaluated(long step, IEvaluation evaluation) => _inner?.Evaluated(step, evaluation);

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch) => _inner?.EpochEnded(epoch);

    /// <inheritdoc/>
    public void Skipped(long step, long skippedSteps) => _inner?.Skipped(step, skippedSteps);

    /// <inheritdoc/>
    public void RolledBack(long step, long rollBacks, double learningRateScale) =>
        _inner?.RolledBack(step, rollBacks, learningRateScale);

    /// <inheritdoc/>
    public void Warned(long step, string warning) => _inner?.Warned(step, warning);

    /// <inheritdoc/>
    public void Finished(TrainingReport report) => _inner?.Finished(report);

    /// <summary>Frees the snapshots that no ensemble took.</summary>
    public void Dispose()
    {
        foreach (var (_, network) in _taken) network.Dispose();
        _taken.Clear();
    }

    private void Take(long step)
    {
        if (step != _trainer.TotalSteps && !EndsCycle(step)) return;
        using var noGrad = no_grad();
        var copy = _create();
        var values = ModelFile.State(copy);
        foreach (var (name, value) in ModelFile.State(_network)) values[name].copy_(value);
        copy.to(_network.parameters().First().device);
        _taken.Add((step, copy));
    }

    // Steps are told from 1: that of number s was made at the rate of s − 1, the next will be made at that of s. A warm-up
    // rises from step to step and ends nothing.
    private bool EndsCycle(long step) => step > 1
        && _trainer.LearningRateAt(step) > _trainer.LearningRateAt(step - 1)
        && _trainer.LearningRateAt(step - 1) <= _trainer.LearningRateAt(step - 2);
}
