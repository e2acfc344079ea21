namespace Dsl.Runtime;

/// <summary>
/// Writes checkpoints beside a training, on a thread of its own, one at a time. What goes wrong there is thrown to whoever waits
/// for it next, once.
/// </summary>
internal sealed class CheckpointWriter
{
    private Task? _writing;

    /// <summary>Begins to write; the one before must have been waited for.</summary>
    public void Start(Action write) =>
        _writing = Task.Factory.StartNew(write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until nothing is being written.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Wait()
    {
        var writing = _writing;
        _writing = null;
        writing?.GetAwaiter().GetResult();
    }

    /// <summary>Waits until nothing is being written, where another exception is on its way already.</summary>
    /// <returns>Why it could not be written, of which nobody has heard; null where it could.</returns>
    public Exception? Finish()
    {
        var writing = _writing;
        _writing = null;
        if (writing is null) return null;
        ((IAsyncResult)writing).AsyncWaitHandle.WaitOne();
        return writing.Exception?.InnerException;
    }
}
