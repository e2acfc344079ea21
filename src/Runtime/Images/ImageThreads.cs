using System.Collections.Concurrent;

namespace Dsl.Runtime;

/// <summary>Threads that decode images in the order in which they are asked for.</summary>
internal sealed class ImageThreads : IDisposable
{
    private readonly ConcurrentQueue<Task<byte[]>> _waiting = [];
    private readonly SemaphoreSlim _count = new(0);
    private readonly Thread[] _threads;
    private volatile bool _ends;

    public ImageThreads(int count)
    {
        _threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = "images" };
            _threads[i].Start();
        }
    }

    /// <summary>Has an image decoded. An exception is the task's, and so reaches whoever waits for it.</summary>
    public Task<byte[]> Start(Func<byte[]> decode)
    {
        var task = new Task<byte[]>(decode);
        _waiting.Enqueue(task);
        _count.Release();
        return task;
    }

    /// <summary>Drops what is not begun.</summary>
    public void Forget() => _waiting.Clear();

    /// <summary>Ends the threads; each finishes the image that it is at.</summary>
    public void Dispose()
    {
        _ends = true;
        _waiting.Clear();
        _count.Release(_threads.Length);
        foreach (var thread in _threads) thread.Join();
        _count.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _count.Wait();
            if (_ends) return;
            if (_waiting.TryDequeue(out var task)) task.RunSynchronously();
        }
    }
}
