namespace Dsl.Runtime;

// One thread at a time uses a trainer, and nobody frees what it trains meanwhile.
public abstract partial class Trainer
{
    // The thread that uses the trainer at this moment, 0 for none, and how many of its calls are inside of each other.
    private int _thread;
    private int _depth;
    private RankGroup? _ranksAround;
    private readonly StepMemory _memory = new();

    /// <summary>Begins what changes the trainer or what it trains, on one thread at a time; disposing the result ends
    /// it.</summary>
    /// <exception cref="ObjectDisposedException">The trainer or a network is freed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the trainer.</exception>
    protected Running Enter()
    {
        Begin();
        return new Running(this);
    }

    /// <summary>The same for a step whose values are freed by <see cref="StepValues.Free"/>: they lie in the trainer's own
    /// memory, which steps of the same course share.</summary>
    /// <inheritdoc cref="Enter"/>
    protected RunningStep EnterStep()
    {
        Begin();
        if (MemoryChoice.IsPlanned) _memory.Begin();
        return new RunningStep(this);
    }

    /// <summary>Something that a trainer does.</summary>
    protected readonly ref struct Running
    {
        private readonly Trainer _trainer;

        internal Running(Trainer trainer) => _trainer = trainer;

        /// <summary>Ends it.</summary>
        public void Dispose() => _trainer.End();
    }

    /// <summary>A step of a trainer.</summary>
    protected readonly ref struct RunningStep
    {
        private readonly Trainer _trainer;

        internal RunningStep(Trainer trainer) => _trainer = trainer;

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (MemoryChoice.IsPlanned) _trainer._memory.End();
            _trainer.End();
        }
    }

    internal void End()
    {
        if (--_depth > 0) return;
        RankGroup.AtWork = _ranksAround;
        foreach (var (_, arena) in _arenas) arena.Release();
        Volatile.Write(ref _thread, 0);
    }

    /// <summary>Tells in our words what a freed tensor's own error does not: whether the trainer or a network is freed.</summary>
    /// <exception cref="ObjectDisposedException">One is.</exception>
    protected void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        foreach (var (owner, arena) in _arenas) ObjectDisposedException.ThrowIf(arena.IsDisposed, owner);
    }

    private void Begin()
    {
        int own = Environment.CurrentManagedThreadId;
        int user = Interlocked.CompareExchange(ref _thread, own, 0);
        if (user != 0 && user != own)
        {
            throw new InvalidOperationException(
                $"{_name} is used by two threads at once: a trainer does one thing after the other. Give each thread its own.");
        }

        if (_depth > 0)
        {
            _depth++;
            return;
        }

        int held = 0;
        try
        {
            ThrowIfDisposed();
            foreach (var (_, arena) in _arenas)
            {
                arena.Hold();
                held++;
            }

            _depth = 1;
            (_ranksAround, RankGroup.AtWork) = (RankGroup.AtWork, Ranks);
        }
        finally
        {
            if (_depth == 0)
            {
                foreach (var (_, arena) in _arenas.Take(held)) arena.Release();
                Volatile.Write(ref _thread, 0);
            }
        }
    }
}
