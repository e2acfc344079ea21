using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What happens in <c>Fit</c> beside the steps: the history of the run, divergence, validation, early stopping, saving, and
/// whoever
/// watches.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    private readonly Trainer _trainer;
    private readonly TrainingHistory _history;
    private readonly ITrainingProgress? _progress;
    private readonly Func<IEvaluation>? _evaluate;
    private readonly int _everyEpochs;
    private readonly DivergenceWatch _watch;
    private readonly long _first;
    private readonly Stopwatch _clock;
    private TimeSpan _told;
    private EpochAccuracy? _accuracy;
    private StepSkips? _skips;
    private StepRollBacks? _rollBacks;
    private long _skipsBefore;
    private long _skipsTold;
    private BestWeights? _best;
    private bool _byAccuracy;
    private (string Name, double Weight)[] _ownLosses = [];
    private double _minimumImprovement;
    private int _patience;
    private string? _path;
    private long _savedEvery;
    private int _kept;
    private bool _keepsBest;
    private bool _isBest;
    private StateCopy? _copy;
    private long? _saved;
    private Interruption? _interruption;
    private Tensor? _loss;
    private string? _guard, _guardOfSamples;
    private double _samplesBefore = double.NaN;
    private readonly List<string> _warnings = [];

    internal TrainingLoop(
        Trainer trainer, TrainingHistory history, nn.Module model, ITrainingProgress? progress, Func<IEvaluation>? evaluate,
        int everyEpochs)
    {
        (_trainer, _history, _progress, _evaluate, _everyEpochs) = (trainer, history, progress, evaluate, everyEpochs);
        var run = new TrainingRun(trainer.Name, trainer.TotalSteps, trainer.StepsPerEpoch) { Epochs = [.. history.Epochs] };
        progress?.Started(run);
        _watch = new DivergenceWatch(model, trainer.StepsPerEpoch);
        _first = trainer.StepCount;
        _clock = Stopwatch.StartNew();
    }

    /// <summary>Whether early stopping ends the run.</summary>
    public bool StopsEarly { get; private set; }

    /// <summary>Early stopping.</summary>
    /// <param name="best">The best weights, which are restored at the end.</param>
    /// <param name="byAccuracy">Whether the accuracy is to improve; else the loss.</param>
    /// <param name="minimumImprovement">By how much more than the best.</param>
    /// <param name="patience">Epochs without improvement that end the run.</param>
    /// <param name="ownLosses">Losses of the trainer's own whose weighted sum is to improve, by their names in the evaluation;
    /// none for the loss of the evaluation.</param>
    public void StopEarly(BestWeights best, bool byAccuracy, double minimumImprovement, int patience,
        params ReadOnlySpan<(string Name, double Weight)> ownLosses)
    {
        ArgumentNullException.ThrowIfNull(best);
        _ownLosses = ownLosses.ToArray();
        (_best, _byAccuracy, _minimumImprovement, _patience) = (best, byAccuracy, minimumImprovement, patience);
        StopsEarly = best.EvaluationsWithoutImprovement >= patience;
    }

    /// <summary>Steps that are skipped are told.</summary>
    public void Tells(StepSkips skips)
    {
        ArgumentNullException.ThrowIfNull(skips);
        _skips = skips;
        _skipsBefore = _skipsTold = skips.SkippedSteps;
    }

    /// <summary>Returns to a good state are told.</summary>
    public void Tells(StepRollBacks rollBacks)
    {
        ArgumentNullException.ThrowIfNull(rollBacks);
        _rollBacks = rollBacks;
        _skipsBefore = _skipsTold = rollBacks.Count;
    }

    /// <summary>The run is saved now and then, at its end, and when Ctrl-C or SIGTERM ends it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="every">Steps from one time to the next, at least 1.</param>
    /// <param name="kept">How many of the latest stay beside it, under the names of their steps.</param>
    /// <param name="keepsBest">Whether that of the best evaluation stays beside it.</param>
    /// <param name="asynchronous">Whether files are written by another thread, from a copy of the state, while training goes
    /// on.</param>
    /// <exception cref="ArgumentException">There is nothing to evaluate on.</exception>
    public void Saves(string path, long every, int kept = 0, bool keepsBest = false, bool asynchronous = true)
    {
        if (keepsBest && _evaluate is null)
        {
            throw new ArgumentException(
                $"{_trainer.Name} keeps the best checkpoint, [Checkpoint(KeepBest = true)], and is not evaluated: give Fit what "
                + "it is evaluated on.", nameof(keepsBest));
        }

        (_path, _savedEvery, _kept, _keepsBest) = (path, every, kept, keepsBest);
        _copy = asynchronous ? new StateCopy() : null;
        _interruption = new Interruption();
    }

    /// <summary>A warning where the mean of an epoch's <c>spread</c> says that embeddings have become one point.</summary>
    /// <param name="guard">What should have prevented it, and what to do, in a sentence.</param>
    public void WatchesSpread(string guard) => _guard = guard;

    /// <summary>A warning where the mean of an epoch's <c>sampleSpread</c> says that a generator's samples have become one, and
    /// does not grow any more.</summary>
    /// <param name="remedy">What to do, a sentence with its full stop.</param>
    public void WatchesSamples(string remedy) => _guardOfSamples = remedy;

    /// <summary>Takes the accuracy of the step that <see cref="Stepped"/> is told of next.</summary>
    /// <param name="accuracy">The mean over its labels, without dimensions; NaN where it has none.</param>
    /// <param name="labels">Its labels, of each batch, of which those of -100 do not count.</param>
    public void Predicted(Tensor accuracy, params IReadOnlyList<Tensor> labels)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        _accuracy ??= new EpochAccuracy(accuracy.device) { Ranks = _trainer.Ranks };
        _accuracy.Add(accuracy, labels, (_trainer.StepCount - 1) / _trainer.StepsPerEpoch);
    }

    /// <summary>A step is done.</summary>
    /// <param name="total">What is minimised, without dimensions.</param>
    /// <param name="losses">Each term by its name, or each descent of several; none where the total is the only one.</param>
    /// <exception cref="DivergedException">The network is no longer finite.</exception>
    /// <exception cref="DataMismatchException">No loss of an epoch is a number, though the network is finite.</exception>
    /// <exception cref="TrainingInterruptedException">Ctrl-C or SIGTERM has ended the run; it is saved.</exception>
    public void Stepped(Tensor total, params ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        ArgumentNullException.ThrowIfNull(total);
        long step = _trainer.StepCount;
        _loss = total;
        TellSkips(step);
        _history.Add((step - 1) / _trainer.StepsPerEpoch + 1, total, losses);
        _watch.Observe(step, _history.Means, total.device_type == DeviceType.CPU);
        if (step % _trainer.StepsPerEpoch == 0 && _skipsTold == _skipsBefore) RequireALoss();

        // Before anybody is told of the step: what is saved then holds its evaluation.
        IEvaluation? evaluation = null;
        EpochReport? epoch = null;
        if (step % _trainer.StepsPerEpoch == 0 || step == _trainer.TotalSteps)
        {
            bool isTime = step % (_trainer.StepsPerEpoch * _everyEpochs) == 0 || step == _trainer.TotalSteps;
            evaluation = isTime ? _evaluate?.Invoke() : null;
            epoch = EndEpoch(evaluation);
        }

        if (_accuracy is not null) _progress?.Stepped(step, total, _accuracy);
        else if (losses.Length == 0) _progress?.Stepped(step, total);
        else _progress?.Stepped(step, total, losses.ToArray());
        if (evaluation is not null) _progress?.Evaluated(step, evaluation);
        if (epoch is not null)
        {
            _progress?.EpochEnded(epoch);
            WatchSpread(step, epoch);
        }

        if (_path is null) return;
        string? signal = step < _trainer.TotalSteps ? SignalOnAnyRank() : null;
        bool isDue = step % _savedEvery == 0 || signal is not null, isBest = epoch is not null && _isBest && _keepsBest;
        if (isDue || isBest) Save(_path, step, isDue, isBest);
        if (signal is null) return;
        _trainer.WaitForSave();

        // No rank ends the others before the file is there.
        _trainer.Ranks.Meet();
        throw new TrainingInterruptedException(
            $"{_trainer.Name} was ended by {signal} after step {step} of {_trainer.TotalSteps} and is saved to {_path}: Resume "
            + "from it and call Fit again to go on.");
    }

    // A signal reaches ranks in different steps, and all must end behind the same one.
    private string? SignalOnAnyRank()
    {
        string? signal = _interruption!.Signal;
        return _trainer.Ranks.Any(signal is not null) ? signal ?? "a signal to another rank" : null;
    }

    private void Save(string path, long step, bool isDue, bool isBest) => _trainer.SaveBeside(path, _copy, content =>
    {
        try
        {
            if (isDue)
            {
                content.Write(path);
                _saved = step;
            }

            if (isDue && _kept > 0) KeptCheckpoints.Keep(path, step, _kept);
            if (isBest) content.Write(KeptCheckpoints.Best(path));
        }
        catch (IOException error)
        {
            string there = !File.Exists(path) ? $"There is no {path}"
                : _saved is { } saved ? $"{path} is of step {saved}" : $"{path} is of an earlier run";
            throw new IOException(
                $"{error.Message} Step {step} of {_trainer.Name} is not saved. {there}. Make room, or let the folder be written; "
                + "then Save the trainer, if the program still has it, or Resume from what is there, and call Fit again.", error);
        }
    });

    // A batch without labels has no loss, and changes nothing. An epoch of such batches would end like one that has learned.
    private void RequireALoss()
    {
        if (double.IsFinite(_history.Means.Means().Total)) return;
        throw new DataMismatchException(
            $"{_trainer.Name} has learned nothing in epoch {_history.Epoch}: the loss of none of its steps is a number. "
            + "Either every label is -100, which says that there is none, or the objective has no value for these data.");
    }

    /// <summary>The end of the run.</summary>
    /// <exception cref="DivergedException">The network is not finite.</exception>
    public TrainingReport End()
    {
        long step = _trainer.StepCount, steps = step - _first;
        _watch.RequireFinite(step);

        // A watcher can end a run within an epoch.
        bool isOpen = steps > 0
            && (_history.Epochs is not [.., var last] || last.Epoch != _history.Epoch || last.Steps != _history.Means.Steps);
        if (isOpen && EndEpoch(null) is var epoch) _progress?.EpochEnded(epoch);
        _best?.Restore();
        if (_path is not null) Save(_path, step, isDue: true, isBest: false);
        _trainer.WaitForSave();

        // Whoever goes on behind Fit finds the file.
        _trainer.Ranks.Meet();
        long told = _skipsTold - _skipsBefore;
        var report = new TrainingReport(_trainer.Name, steps, _clock.Elapsed, steps == 0 ? double.NaN : Aten.item(_loss!))
        {
            Epochs = [.. _history.Epochs],
            BestEpoch = _history.BestEpoch == 0 ? null : _history.BestEpoch,
            End = steps == 0 ? RunEnd.NothingToDo : StopsEarly && step < _trainer.TotalSteps ? RunEnd.StoppedEarly
                : RunEnd.Completed,
            Patience = StopsEarly ? _patience : null,
            TrainingAccuracy = _accuracy?.ToArray() ?? [],
            SkippedSteps = _skips is null ? 0 : told,
            RollBacks = _rollBacks is null ? 0 : told,
            Warnings = [.. _warnings],
        };
        _progress?.Finished(report);
        return report;
    }

    /// <summary>Frees what the run alone needed.</summary>
    public void Dispose()
    {
        _accuracy?.Dispose();
        _interruption?.Dispose();

        // The run may be ending by another exception, which is the one that is thrown.
        if (_trainer.FinishSave() is { } error) _progress?.Warned(_trainer.StepCount, error.Message);
        _copy?.Dispose();
        _trainer.End();
    }

    // Each once: what has collapsed stays so.
    private void WatchSpread(long step, EpochReport epoch)
    {
        if (_guard is not null && Of("spread") is var spread && spread < EmbeddingSpread.Collapsed)
        {
            Warn($"the embeddings of {_trainer.Name} have collapsed: in epoch {epoch.Epoch} their directions deviate by "
                + $"{EvaluationText.Number(spread)} of what spread ones do. It should have been prevented by {_guard}.");
            _guard = null;
        }

        if (_guardOfSamples is null) return;

        // A generator that has just begun makes samples that are alike, but less so from epoch to epoch.
        double samples = Of("sampleSpread");
        if (samples < SampleSpread.Collapsed && samples <= _samplesBefore)
        {
            Warn($"the samples of {_trainer.Name} have collapsed: in epoch {epoch.Epoch} they deviate from each other by "
                + $"{EvaluationText.Number(samples)} of what the data do. {_guardOfSamples}");
            _guardOfSamples = null;
        }

        _samplesBefore = samples;

        double Of(string name) =>
            epoch.Losses.FirstOrDefault(loss => loss.Name == name) is { Name: not null } found ? found.Loss : double.NaN;

        void Warn(string words)
        {
            _warnings.Add(words);
            _progress?.Warned(step, words);
        }
    }

    private void TellSkips(long step)
    {
        long count = _skips?.SkippedSteps ?? _rollBacks?.Count ?? 0;
        if (count <= _skipsTold) return;
        _skipsTold = count;
        if (_skips is not null) _progress?.Skipped(step, count);
        else _progress?.RolledBack(step, count, _rollBacks!.LearningRateScale);
    }

    private EpochReport EndEpoch(IEvaluation? evaluation)
    {
        _trainer.RequireSameNetworks();
        (string Name, double Value)[] validation = evaluation is null ? [] : [.. evaluation.Metrics];
        _isBest = evaluation is not null && IsBest(evaluation, validation);
        if (_isBest) _history.BestEpoch = _history.Epoch;
        var elapsed = _clock.Elapsed;
        _history.Duration += elapsed - _told;
        _told = elapsed;
        double? accuracy = _accuracy?.Present;
        return _history.End(_trainer.LearningRateAt(_trainer.StepCount - 1), validation, accuracy);
    }

    private bool IsBest(IEvaluation evaluation, (string Name, double Value)[] validation)
    {
        if (_best is null) return !double.IsNaN(evaluation.Loss)
            && !_history.Epochs.Any(epoch => epoch.Epoch < _history.Epoch && epoch.ValidationLoss <= evaluation.Loss);

        // Every rank has evaluated, and rank 0's number counts: another processor may have another last bit.
        double value = _trainer.Ranks.Share(_byAccuracy ? Measured("accuracy") : _ownLosses.Length == 0 ? evaluation.Loss
            : _ownLosses.Sum(loss => loss.Weight * Measured(loss.Name)));
        bool isBest = _best.Observe(value, _byAccuracy, _minimumImprovement);
        StopsEarly = _best.EvaluationsWithoutImprovement >= _patience;
        return isBest;

        double Measured(string name) => Array.Find(validation, number => number.Name == name).Value;
    }
}
