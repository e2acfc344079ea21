using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What a trainer does in environments, and what of it a checkpoint holds: how many episodes are over, and what was done in the
/// present ones. A resumed run plays these again from their seeds, and so sees what the interrupted one would have seen.
/// </summary>
public sealed class EnvironmentRun : IDisposable
{
    // Of how many episodes the mean return is told.
    private const int Recent = 100;

    // What is acted in, one of both.
    private VectorEnvironment<float[], int>? _environment;
    private VectorEnvironment<float[], float[]>? _continuous;

    // Of each copy the actions of its present episode: numbers of a choice, or the bits of real numbers.
    private List<long>[] _actions = [];
    private Tensor _log = zeros([3], ScalarType.Int64).DetachFromDisposeScope();

    /// <summary>Steps, finished episodes and copies; then of each copy its finished episodes, how many actions the present one
    /// has had, and these: [n] int64, on the CPU. Of actions that are real numbers each number counts, by its bits. The tensor is
    /// the run's.</summary>
    public Tensor Log
    {
        get
        {
            if (_environment is { } environment) Write(environment.Count, environment.Episode);
            if (_continuous is { } continuous) Write(continuous.Count, continuous.Episode);
            return _log;
        }
    }

    /// <summary>The returns of the last episodes, as a ring [100] float64, on the CPU. The tensor is the run's.</summary>
    public Tensor Returns { get; } = zeros([Recent], ScalarType.Float64).DetachFromDisposeScope();

    /// <summary>Steps of all copies together.</summary>
    public long StepCount { get; private set; }

    /// <summary>Episodes that are over.</summary>
    public long EpisodeCount { get; private set; }

    /// <summary>What the last episodes earned.</summary>
    public EpisodeEvaluation Recently()
    {
        var returns = MemoryMarshal.Cast<byte, double>(Returns.bytes)[..(int)Math.Min(EpisodeCount, Recent)];
        return new EpisodeEvaluation(returns.ToArray());
    }

    /// <summary>Makes the log as large as it was when it was saved.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="name">The log's name there.</param>
    public void MakeRoom(string path, string name)
    {
        long size = Checkpoint.Rows(path, name);
        (_environment, _continuous) = (null, null);
        _log.Dispose();
        _log = zeros([size], ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>Begins, or goes on where the log ends.</summary>
    /// <param name="environment">Where to act.</param>
    /// <param name="seed">The run's.</param>
    /// <exception cref="DataMismatchException">There were other copies before.</exception>
    public void Begin(VectorEnvironment<float[], int> environment, long seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        Begin(environment, seed, words => words.Select(word => (int)word));
        (_environment, _continuous) = (environment, null);
    }

    /// <summary>Begins, or goes on where the log ends, with actions that are real numbers.</summary>
    /// <param name="environment">Where to act.</param>
    /// <param name="seed">The run's.</param>
    /// <exception cref="DataMismatchException">There were other copies before, or the actions lie in no
    /// <see cref="BoxSpace"/>.</exception>
    public void Begin(VectorEnvironment<float[], float[]> environment, long seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment.Actions is not BoxSpace { Count: var width })
            throw new DataMismatchException("Actions that are real numbers lie in a BoxSpace.");
        Begin(environment, seed, words => words.Select(word => BitConverter.Int32BitsToSingle((int)word)).Chunk(width));
        (_environment, _continuous) = (null, environment);
    }

    /// <summary>Acts once in each copy.</summary>
    /// <param name="actions">One for each.</param>
    public IReadOnlyList<VectorStep<float[]>> Act(IReadOnlyList<int> actions)
    {
        var environment = _environment ?? throw new InvalidOperationException("The run has no environment: call Begin first.");
        return Lived(environment.Step(actions), copy => [actions[copy]]);
    }

    /// <summary>Acts once in each copy, by real numbers.</summary>
    /// <param name="actions">One for each.</param>
    public IReadOnlyList<VectorStep<float[]>> Act(IReadOnlyList<float[]> actions)
    {
        var environment = _continuous ?? throw new InvalidOperationException("The run has no environment: call Begin first.");
        return Lived(environment.Step(actions),
            copy => actions[copy].Select(number => (long)BitConverter.SingleToInt32Bits(number)));
    }

    /// <summary>Frees what a checkpoint holds.</summary>
    public void Dispose()
    {
        _log.Dispose();
        Returns.Dispose();
    }

    private void Begin<TAction>(
        VectorEnvironment<float[], TAction> environment, long seed, Func<IEnumerable<long>, IEnumerable<TAction>> read)
    {
        long[] log = Log.data<long>().ToArray();
        if (log[2] > 0 && log[2] != environment.Count)
        {
            throw new DataMismatchException(
                $"The run has gone on in {log[2]} copies of its environment so far, and now there are {environment.Count}: give "
                + "as many as before.");
        }

        environment.Reset(seed);
        _actions = [.. Enumerable.Range(0, environment.Count).Select(_ => new List<long>())];
        (StepCount, EpisodeCount) = (log[0], log[1]);
        for (int copy = 0, place = 3; copy < log[2]; copy++)
        {
            int count = (int)log[place + 1];
            _actions[copy].AddRange(log[(place + 2)..(place + 2 + count)]);
            environment.Replay(copy, log[place], read(_actions[copy]));
            place += 2 + count;
        }
    }

    private IReadOnlyList<VectorStep<float[]>> Lived(
        IReadOnlyList<VectorStep<float[]>> steps, Func<int, IEnumerable<long>> words)
    {
        StepCount += steps.Count;
        for (int copy = 0; copy < steps.Count; copy++)
        {
            if (!steps[copy].Step.IsLast)
            {
                _actions[copy].AddRange(words(copy));
                continue;
            }

            _actions[copy].Clear();
            MemoryMarshal.Cast<byte, double>(Returns.bytes)[(int)(EpisodeCount++ % Recent)] = steps[copy].Return;
        }

        return steps;
    }

    private void Write(int copies, Func<int, long> episode)
    {
        List<long> log = [StepCount, EpisodeCount, copies];
        for (int copy = 0; copy < copies; copy++)
        {
            log.Add(episode(copy));
            log.Add(_actions[copy].Count);
            log.AddRange(_actions[copy]);
        }

        _log.Dispose();
        _log = tensor(log.ToArray()).DetachFromDisposeScope();
    }
}
