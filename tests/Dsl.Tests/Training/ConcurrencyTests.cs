using System.Collections.Concurrent;
using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>Several threads of a process: each trains as if it were alone, all may predict with one network, and what is used is
/// neither used twice nor freed.</summary>
public class ConcurrencyTests
{
    [Fact]
    public void Trainers_on_several_threads_are_what_they_are_alone()
    {
        Func<Tensor>[] runs = [.. Enumerable.Range(0, 3).SelectMany(seed => new Func<Tensor>[]
        {
            () => Augmented(seed), () => WithATeacher(seed), () => Stopped(seed),
        })];
        var alone = runs.Select(run => run()).ToList();
        var together = new Tensor[runs.Length];
        var errors = new ConcurrentQueue<Exception>();
        var threads = runs.Select((run, i) => new Thread(() =>
        {
            try
            {
                together[i] = run();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                errors.Enqueue(error);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(errors);
        for (int i = 0; i < runs.Length; i++) Assert.True(alone[i].Equals(together[i]), $"run {i}");
    }

    [Fact]
    public void A_trainer_is_not_used_by_two_threads_at_once()
    {
        using var data = Images(3);
        using var trainer = new OneByOne(Network(3));
        string? said = null;
        var watcher = new Watcher
        {
            Step = step =>
            {
                if (step != 2) return;
                var other = new Thread(() =>
                    said = Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(data)).Message);
                other.Start();
                other.Join();
            },
        };
        trainer.Fit(data, watcher);
        Assert.StartsWith("OneByOne is used by two threads at once", said, StringComparison.Ordinal);
        Assert.Equal(trainer.TotalSteps, trainer.StepCount);

        // One after the other they may.
        var later = new Thread(() => said = $"{trainer.Evaluate(data).Count}");
        later.Start();
        later.Join();
        Assert.Equal("24", said);
    }

    [Fact]
    public void What_is_trained_is_not_freed_meanwhile()
    {
        using var data = Images(4);
        var model = Network(4);
        var trainer = new OneByOne(model);
        List<string> said = [];
        var watcher = new Watcher
        {
            Step = step =>
            {
                if (step != 1) return;
                said.Add(Assert.Throws<InvalidOperationException>(trainer.Dispose).Message);
                said.Add(Assert.Throws<InvalidOperationException>(model.Dispose).Message);
            },
        };
        trainer.Fit(data, watcher);
        Assert.StartsWith("OneByOne is used at this moment", said[0], StringComparison.Ordinal);
        Assert.StartsWith("Dsl.Tests.Oracles.Everything is used at this moment", said[1], StringComparison.Ordinal);
        trainer.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(data));
        Assert.Throws<ObjectDisposedException>(() => model.forward(data.Inputs));
    }

    [Fact]
    public void A_watcher_that_throws_leaves_the_trainer_free()
    {
        using var data = Images(5);
        var trainer = new OneByOne(Network(5));
        var watcher = new Watcher { Step = _ => throw new TimeoutException() };
        Assert.Throws<TimeoutException>(() => trainer.Fit(data, watcher));
        trainer.Fit(data);
        Assert.Equal(trainer.TotalSteps, trainer.StepCount);
        trainer.Dispose();
        trainer.Model.Dispose();
    }

    [Fact]
    public void A_network_that_is_freed_while_others_predict_is_an_exception_of_theirs()
    {
        for (int round = 0; round < 8; round++)
        {
            var model = Network(round);
            model.eval();
            int right = 0;
            var errors = new ConcurrentQueue<Exception>();
            var threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
            {
                try
                {
                    using var unrecorded = no_grad();
                    for (int i = 0; i < 1000; i++)
                    {
                        using var input = ones(2, 2, 10, 10);
                        using var output = model.forward(input);
                        if (output.shape[0] == 2) Interlocked.Increment(ref right);
                    }
                }
                catch (Exception error) when (error is not OutOfMemoryException)
                {
                    errors.Enqueue(error);
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            SpinWait.SpinUntil(() => Volatile.Read(ref right) > 20);
            bool isFreed = false;
            while (!isFreed)
            {
                try
                {
                    model.Dispose();
                    isFreed = true;
                }
                catch (InvalidOperationException error)
                    when (error.Message.Contains("Everything is used", StringComparison.Ordinal))
                {
                    Thread.Yield();
                }
            }

            threads.ForEach(thread => thread.Join());
            Assert.True(right > 20);
            Assert.All(errors, error => Assert.IsType<ObjectDisposedException>(error));
        }
    }

    private static Tensor Augmented(int seed)
    {
        using var data = Images(seed);
        using var trainer = new OneByOne(Network(seed)) { Seed = seed };
        trainer.Fit(data);
        return trainer.Model.Arena.Values;
    }

    private static Tensor WithATeacher(int seed)
    {
        using var data = Images(seed);
        using var trainer = new AccumulatedMeanTeacher(Network(seed)) { Seed = seed };
        trainer.Fit(data, data);
        return trainer.Model.Arena.Values;
    }

    private static Tensor Stopped(int seed)
    {
        using var generator = new Generator((ulong)seed);
        using var data = new InMemoryData(
            randn([60, 6], generator: generator), randint(0, 4, [60], ScalarType.Int64, generator: generator));
        using var trainer = new Stopping(new Plain(generator)) { Seed = seed };
        trainer.Fit(data, data);
        return trainer.Model.Arena.Values;
    }

    private static Everything Network(int seed)
    {
        using var generator = new Generator((ulong)seed);
        return new Everything(generator);
    }

    private static InMemoryData Images(int seed)
    {
        using var generator = new Generator((ulong)seed);
        return new InMemoryData(
            randn([24, 2, 10, 10], generator: generator), randint(0, 3, [24], ScalarType.Int64, generator: generator));
    }
}
