namespace Dsl.Runtime.Tests.Checkpoints;

public class CheckpointWriterTests
{
    [Fact]
    public async Task Who_waits_goes_on_when_all_is_written()
    {
        var writer = new CheckpointWriter();
        writer.Wait();
        using var disk = new ManualResetEventSlim();
        bool isWritten = false;
        writer.Start(() =>
        {
            disk.Wait();
            Volatile.Write(ref isWritten, true);
        });

        // The disk is slow, and who trains is not held up.
        Assert.False(Volatile.Read(ref isWritten));
        var waiting = Task.Run(writer.Wait);
        Assert.False(waiting.IsCompleted);
        disk.Set();
        await waiting;
        Assert.True(Volatile.Read(ref isWritten));
    }

    [Fact]
    public void What_goes_wrong_is_thrown_once_to_who_waits_next()
    {
        var writer = new CheckpointWriter();
        writer.Start(() => throw new IOException("run is full"));
        Assert.Equal("run is full", Assert.Throws<IOException>(writer.Wait).Message);
        writer.Wait();
        Assert.Null(writer.Finish());
    }

    [Fact]
    public void Beside_another_exception_it_is_handed_over()
    {
        var writer = new CheckpointWriter();
        writer.Start(() => throw new IOException("run is full"));
        Assert.Equal("run is full", Assert.IsType<IOException>(writer.Finish()).Message);
        writer.Start(() => { });
        Assert.Null(writer.Finish());
        writer.Wait();
    }
}
