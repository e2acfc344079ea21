using System.Diagnostics;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>No call leaves anything behind: not a tensor of TorchSharp's count, and no memory that it does not count.</summary>
[Collection(nameof(OperatorLifetimeTests))]
public sealed class OperatorLifetimeTests
{
    [Fact]
    public void Every_result_is_the_callers_and_nothing_else_is_made()
    {
        using var x = ones(2, 3, 6, 6);
        using var weight = ones(4, 3, 3, 3);
        using var gradient = ones(2, 4, 4, 4);
        long before = LiveTensors;
        var (ofInput, ofWeight, ofBias) = Aten.convolution_backward(
            gradient, x, weight, [4], [1, 1], [0, 0], [1, 1], false, [0, 0], 1, [true, true, false]);
        Assert.Equal(before + 2, LiveTensors);
        Assert.Null(ofBias);
        ofInput.Dispose();
        ofWeight.Dispose();
        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void A_hundred_thousand_calls_leave_no_memory_behind()
    {
        using var x = ones(8, 8);
        using var weight = ones(8);
        using var sum = zeros(8, 8);

        // The heaps settle within some rounds; what leaks grows in every one. One box of 8 bytes a call would be 1.6 MB a round.
        long smallest = Enumerable.Range(0, 5).Min(_ => Growth());
        Assert.True(smallest < 1 << 20, $"{smallest >> 10} KiB more in each round of 20,000 rounds of calls");

        long Growth()
        {
            long before = NativeBytes();
            for (int i = 0; i < 20_000; i++) Call(i);
            return NativeBytes() - before;
        }

        void Call(int i)
        {
            using var scope = NewDisposeScope();
            var (_, mean, deviation) = Aten.native_layer_norm(x, [8], weight, null, 1e-5);
            Aten.native_layer_norm_backward(x, x, [8], mean, deviation, weight, null, [true, true, false]);
            Aten.gelu_backward(x, x, "tanh");
            Aten.sigmoid_backward_(sum, x);
            Aten.mul(x, i);
        }
    }

    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static long NativeBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();

        // Without the managed heap, which grows and shrinks as the collector sees fit.
        return process.WorkingSet64 - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }
}

/// <summary>The process's memory is measured, which tests beside this one would move.</summary>
[CollectionDefinition(nameof(OperatorLifetimeTests), DisableParallelization = true)]
public sealed class MeasuredAlone;
