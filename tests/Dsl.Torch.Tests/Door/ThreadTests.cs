namespace Dsl.Torch.Tests.Door;

/// <summary>Errors, gradient mode and dispose scopes belong to a thread.</summary>
public class ThreadTests
{
    [Fact]
    public void Threads_see_their_own_errors_and_their_own_mode()
    {
        var failures = 0;
        var threads = Enumerable.Range(2, 4).Select(width => new Thread(() =>
        {
            try
            {
                Work(width);
            }
            catch (Exception error) when (error is Xunit.Sdk.XunitException or TorchException)
            {
                Interlocked.Increment(ref failures);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, failures);
    }

    private static void Work(int width)
    {
        using var good = Sample.Zeros(width, width);
        using var wrong = Sample.Zeros(width + 100, 1);
        var recording = width % 2 == 0;
        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            LibTorch.GradMode = recording;
            var error = Assert.Throws<TorchException>(() => Aten.mm(good, wrong));
            Assert.Contains($"({width}x{width} and {width + 100}x1)", error.Message, StringComparison.Ordinal);
            Aten.mm(good, good);
            Assert.Equal(1, CurrentDisposeScope!.DisposablesCount);
            Assert.Equal(recording, LibTorch.GradMode);
        }
    }
}
