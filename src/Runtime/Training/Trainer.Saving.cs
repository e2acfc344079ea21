using static TorchSharp.torch;

namespace Dsl.Runtime;

// How a trainer is saved, by whoever asks for it and beside the steps of a run.
public abstract partial class Trainer
{
    private readonly CheckpointWriter _writer = new();

    /// <summary>Writes everything that the rest of the run depends on to a safetensors file, and the history of its epochs:
    /// losses, learning rates, validation; no times.</summary>
    /// <param name="path">The file; it is replaced as a whole, or not at all. Of several ranks the first writes it, and the
    /// others do nothing.</param>
    /// <exception cref="InvalidOperationException">A gradient waits for <c>ApplyGradients</c>, or the run has
    /// diverged.</exception>
    /// <exception cref="IOException">The file cannot be written, or the one could not that <c>Fit</c> was writing; the message
    /// names it.</exception>
    public void Save(string path)
    {
        using var running = Enter();
        _writer.Wait();
        using var scope = _shards.Count > 0 ? NewDisposeScope() : null;
        Record(path, null)?.Write(path);
    }

    /// <summary>Saves while the run goes on: the state is copied, and written by another thread.</summary>
    /// <param name="path">The checkpoint of the run, for messages.</param>
    /// <param name="copy">Where the state is copied to; null to write it before the next step. So it is where there is no room
    /// for a copy, too.</param>
    /// <param name="write">Writes the files.</param>
    /// <exception cref="InvalidOperationException">The run has diverged.</exception>
    /// <exception cref="IOException">The files of this or of the last time could not be written.</exception>
    internal void SaveBeside(string path, StateCopy? copy, Action<CheckpointContent> write)
    {
        using var running = Enter();
        _writer.Wait();
        using var scope = _shards.Count > 0 ? NewDisposeScope() : null;
        if (Record(path, copy) is not { } content) return;
        if (copy is not { IsTaken: true })
        {
            write(content);
            return;
        }

        Ranks.WaitFor(_writer);
        _writer.Start(() => write(content));
    }

    /// <summary>Waits until what is saved beside the run is on disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void WaitForSave() => _writer.Wait();

    /// <summary>Likewise, where the run has ended by an exception, which must not be lost.</summary>
    /// <returns>Why it could not be written; null where it could.</returns>
    internal Exception? FinishSave() => _writer.Finish();

    // What a checkpoint holds at this moment; null on a rank that writes none.
    private CheckpointContent? Record(string path, StateCopy? copy)
    {
        foreach (var (_, arena) in _arenas) Checkpoint.RequireApplied(arena.Gradients);
        if (!Ranks.IsFirst && _shards.Count == 0) return null;
        var state = _shards.Count == 0 ? State() : WholeState(Gather);
        if (!Ranks.IsFirst) return null;
        return Checkpoint.Collect(
            path, _name, copy is null ? state : copy.Take(state), StepCount, Seed, RecipeNumbers(),
            SavedHistory.Write(_history), _held.Names);
    }
}
