using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What all trainers have in common: the place in the run, the seed and the random streams, saving and resuming, and the end of
/// what they own. A trainer's own file has what it computes.
/// </summary>
public abstract partial class Trainer : IDisposable
{
    private readonly string _name;
    private readonly List<(object Owner, ParameterArena Arena)> _arenas = [];
    private readonly List<RandomStream> _streams = [];
    private readonly List<IDisposable> _owned = [];
    private readonly TrainingHistory _history = new();
    private readonly HeldParameters _held;
    private long _seed;
    private long _stepsPerEpoch;
    private bool _isDisposed;

    /// <summary>Starts a trainer at step 0.</summary>
    /// <param name="name">The class, by which its checkpoints are known.</param>
    /// <param name="seed">Seed of every random stream.</param>
    protected Trainer(string name, long seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
        _seed = seed;
        _held = new HeldParameters(_arenas);
    }

    /// <summary>The class, by which its checkpoints are known.</summary>
    internal string Name => _name;

    /// <summary>Number of updates made so far.</summary>
    public long StepCount { get; protected set; }

    /// <summary>Updates in one pass over the data. <c>Fit</c> sets it; set it yourself when you call <c>Step</c>
    /// yourself.</summary>
    /// <exception cref="InvalidOperationException">It is read before it is known.</exception>
    public long StepsPerEpoch
    {
        get => _stepsPerEpoch > 0 ? _stepsPerEpoch : throw NotKnown(nameof(StepsPerEpoch));
        set => _stepsPerEpoch = (long)Hyperparameter.Check(value, "[1, inf)");
    }

    /// <summary>Updates in the whole run.</summary>
    /// <exception cref="InvalidOperationException">The length of the run is not known yet.</exception>
    public abstract long TotalSteps { get; }

    /// <summary>Seed of every random stream of the trainer.</summary>
    public long Seed
    {
        get => _seed;
        set
        {
            ThrowIfDisposed();
            UseSeed(value);
            SeedGiven();
        }
    }

    /// <summary>The parameters that <c>Freeze</c> has frozen, by their names, in order.</summary>
    public IReadOnlyCollection<string> FrozenParameters => _held.Names;

    /// <summary>Keeps parameters as they are from the next update on: no gradient, no decay, no momentum. What the optimizer
    /// keeps for them stays too, for when they are unfrozen. A checkpoint knows what is frozen.</summary>
    /// <remarks>Gradients are computed all the same, and normalisations go on measuring: <c>[Frozen]</c> in the declaration costs
    /// nothing and stops them. An average of the weights goes on towards what they are.</remarks>
    /// <param name="patterns">What their names fit: <c>"backbone.*"</c>, with a star for any characters and a question mark for
    /// one; or without either a layer or a parameter, <c>"backbone"</c>, <c>"0.weight"</c>.</param>
    /// <returns>The parameters that fit, frozen before or not.</returns>
    /// <exception cref="ArgumentException">No trained parameter fits a pattern, and nothing has changed; the message names the
    /// nearest ones.</exception>
    public IReadOnlyList<string> Freeze(params ReadOnlySpan<string> patterns)
    {
        ThrowIfDisposed();
        return _held.Set(patterns, areHeld: true);
    }

    /// <summary>Lets frozen parameters learn again, from the next update on.</summary>
    /// <param name="patterns">What their names fit, as in <see cref="Freeze"/>; <c>"*"</c> for all.</param>
    /// <returns>The parameters that fit, frozen before or not. Those that <c>[Frozen]</c> froze are not among them: these never
    /// learn.</returns>
    /// <exception cref="ArgumentException">No trained parameter fits a pattern, and nothing has changed; the message names the
    /// nearest ones.</exception>
    public IReadOnlyList<string> Unfreeze(params ReadOnlySpan<string> patterns)
    {
        ThrowIfDisposed();
        return _held.Set(patterns, areHeld: false);
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    public abstract double LearningRateAt(long step);

    /// <summary>Continues where <c>Save</c> was called: the resumed run equals the uninterrupted one. Gradients that wait are
    /// dropped.</summary>
    /// <param name="path">A file that <c>Save</c> of a trainer of this declaration wrote.</param>
    /// <param name="withOtherNumbers">Whether to go on with this trainer's numbers where the file was saved with others.</param>
    /// <exception cref="InvalidOperationException">The file was saved with other numbers; the message lists them.</exception>
    public void Resume(string path, bool withOtherNumbers = false)
    {
        using var running = Enter();
        _writer.Wait();
        MakeRoom(path);
        (StepCount, long seed) = Fill(state => Checkpoint.Load(
            path, _name, state, RecipeNumbers(), withOtherNumbers,
            (history, frozen) => SavedHistory.Read(path, history, _history) + _held.Restore(path, frozen)));
        UseSeed(seed);
        DropGradients();
    }

    /// <summary>Writes a run to an HTML file that needs no network: curves, reports on data with confusions and calibration, the
    /// parameters of what was trained, and every number of the recipe, whether somebody wrote it down or not.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="run">What <c>Fit</c> returned.</param>
    /// <param name="evaluations">What <c>Report</c> returned; may be none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteHtml(string path, TrainingReport run, params IReadOnlyList<IEvaluationReport> evaluations) =>
        WriteHtml(path, run, evaluations, []);

    /// <summary>Writes a run to an HTML file, with further sections behind the reports, as an
    /// <see cref="EmbeddingMap"/>.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="run">What <c>Fit</c> returned.</param>
    /// <param name="evaluations">What <c>Report</c> returned; may be none.</param>
    /// <param name="sections">In the order of the page.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteHtml(
        string path, TrainingReport run, IReadOnlyList<IEvaluationReport> evaluations, IReadOnlyList<IPageSection> sections)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(evaluations);
        ThrowIfDisposed();
        var recipe = RecipeNumbers().ToDictionary(number => number.Key, number =>
            number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        recipe.Add(nameof(Seed), Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        nn.Module[] networks = [.. _arenas.Select(trained => trained.Owner).OfType<nn.Module>()];
        if (!Ranks.IsFirst) return;
        string page = new RunPage(run, recipe, networks, evaluations, sections).Write();
        Checkpoint.CreateFolder(path);
        File.WriteAllText(path, page);
    }

    /// <summary>Frees the trainer's own state; the networks that it was given live on.</summary>
    /// <exception cref="InvalidOperationException">It is used at this moment, by another thread or by what watches
    /// <c>Fit</c>.</exception>
    public void Dispose()
    {
        if (_isDisposed) return;
        if (Interlocked.CompareExchange(ref _thread, Environment.CurrentManagedThreadId, 0) != 0)
        {
            throw new InvalidOperationException(
                $"{_name} is used at this moment: dispose it when Fit, Step or whatever else it does has returned.");
        }

        _isDisposed = true;
        FreeResults();
        foreach (var owned in _owned) owned.Dispose();
        foreach (var stream in _streams) stream.Dispose();
        _memory.Dispose();
        _history.Dispose();
        _held.Dispose();
        Volatile.Write(ref _thread, 0);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees tensors, of which some may never have been made.</summary>
    protected static void Free(params ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors) tensor?.Dispose();
    }

    /// <summary>What says that a number was read before <c>Fit</c> gave it.</summary>
    protected static InvalidOperationException NotKnown(string property) =>
        new($"{property} is not known: call Fit, or set it before the first Step.");

    /// <summary>Begins what <c>Fit</c> does beside its steps.</summary>
    /// <param name="model">The network that is trained.</param>
    /// <param name="progress">Who watches, or null.</param>
    /// <param name="evaluate">Evaluates the validation data; null without any.</param>
    /// <param name="everyEpochs">Epochs from one evaluation to the next; the end of the run has one, too.</param>
    protected TrainingLoop StartRun(
        nn.Module model, ITrainingProgress? progress, Func<IEvaluation>? evaluate = null, int everyEpochs = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        StartTogether();
        var shown = Ranks.IsFirst ? progress : null;
        var loop = new TrainingLoop(this, _history, model, shown, evaluate, everyEpochs);
        Begin();
        return loop;
    }

    /// <summary>Every number of the recipe by its name.</summary>
    protected abstract Dictionary<string, double> RecipeNumbers();

    /// <summary>Every tensor that outlives a step, by its name in a checkpoint.</summary>
    protected abstract Dictionary<string, Tensor> State();

    /// <summary>Frees what the last step returned, and tensors of the state that were replaced since the trainer was
    /// made.</summary>
    protected virtual void FreeResults()
    {
    }

    /// <summary>Begins a run of its own behind one that has ended, as with another task: at step 0, without a history, and with
    /// a seed that follows from the one before.</summary>
    protected void BeginNextRun()
    {
        StepCount = 0;
        UseSeed(StreamSeed.Of(_seed, "next run", 0));
        _history.Restart();
        DropGradients();
    }

    /// <summary>What follows a seed that the user gave: what was drawn from the seed before.</summary>
    protected virtual void SeedGiven()
    {
    }

    /// <summary>Makes the state as large as it was when it was saved.</summary>
    /// <param name="path">The checkpoint.</param>
    protected virtual void MakeRoom(string path)
    {
    }

    /// <summary>Clears the gradients, and with them the batches of an update that is not made.</summary>
    protected virtual void DropGradients()
    {
        foreach (var (_, arena) in _arenas) arena.Gradients.zero_();
    }

    /// <summary>Says that the trainer changes parameters.</summary>
    /// <param name="owner">The network, or what else has them.</param>
    /// <param name="arena">The parameters and their gradients.</param>
    /// <exception cref="ObjectDisposedException">They are freed.</exception>
    /// <exception cref="MpiException">Several ranks train on the processor, and were started without MPI.</exception>
    protected void Trains(object owner, ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(arena);
        ObjectDisposedException.ThrowIf(arena.IsDisposed, owner);
        if (_arenas.Any(other => ReferenceEquals(other.Arena, arena)))
        {
            throw new ArgumentException(
                $"Two networks of {Name} are one object, {owner.GetType().Name}, which would be trained as both: give each its "
                + "own.", nameof(owner));
        }

        if (Ranks.Count > 1) Ranks.RequireSumsOf(arena.Values);
        _arenas.Add((owner, arena));
    }

    /// <summary>Something that ends with the trainer.</summary>
    protected T Own<T>(T state)
        where T : IDisposable
    {
        _owned.Add(state);
        return state;
    }

    /// <summary>Before the gradient is clipped and the parameters are updated: what is frozen has no gradient.</summary>
    protected void HoldFrozen()
    {
        if (_held.Names.Count > 0) _held.Hold();
    }

    /// <summary>Behind the update: what is frozen is what it was.</summary>
    protected void ReleaseFrozen()
    {
        if (_held.Names.Count > 0) _held.Release();
    }

    /// <summary>A random stream of the trainer's, which every new seed starts anew.</summary>
    /// <param name="purpose">What its numbers are for.</param>
    protected RandomStream OwnStream(string purpose)
    {
        string own = Ranks.IsFirst ? purpose : string.Create(CultureInfo.InvariantCulture, $"{purpose}, rank {Ranks.Rank}");
        var stream = new RandomStream(_seed, own);
        _streams.Add(stream);
        return stream;
    }

    private void UseSeed(long seed)
    {
        _seed = seed;
        foreach (var stream in _streams) stream.Restart(seed);
    }
}
