using System.Diagnostics;

namespace Dsl.Torch.Tests.Door;

public class LifetimeTests
{
    [Fact]
    public void A_hundred_thousand_calls_leave_no_memory_behind()
    {
        using var x = Aten.ones([64, 64]);
        using var wrong = Sample.Zeros(3, 3);
        // The managed heap settles within some rounds; what leaks grows in every one. Leaking only the 8-byte handles of one
        // round would already take 1.6 MiB.
        var smallest = Enumerable.Range(0, 5).Min(_ => Growth());
        Assert.True(smallest < 1 << 20, $"{smallest >> 10} KiB more in each round of 50,000 calls");

        long Growth()
        {
            var before = ResidentBytes();
            Run(50_000);
            return ResidentBytes() - before;
        }

        void Run(int calls)
        {
            for (var i = 0; i < calls; i++)
            {
                using var scope = NewDisposeScope();
                Aten.add(x, 1);
                if (i % 100 == 0)
                {
                    Aten.split(x, 16);
                    Assert.Throws<TorchException>(() => Aten.mm(x, wrong));
                }
            }
        }
    }

    [Fact]
    public void Forgotten_tensors_are_finalized()
    {
        var before = ResidentBytes();
        for (var i = 0; i < 60; i++)
        {
            Forget();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(ResidentBytes() - before < 200 << 20);

        static void Forget() => Aten.ones([4 << 20]); // 16 MiB
    }

    [Fact]
    public void A_scope_disposes_what_was_made_in_it_and_not_moved_out()
    {
        Tensor inner, moved, detached;
        using (var outer = NewDisposeScope())
        {
            using (var scope = NewDisposeScope())
            {
                inner = Sample.Vector(1);
                moved = Sample.Vector(2).MoveToOuterDisposeScope();
                detached = Sample.Vector(3).DetachFromDisposeScope();
                Assert.Equal(1, scope.DisposablesCount);
            }

            Assert.True(inner.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.True(outer.Contains(moved));
        }

        Assert.True(moved.IsInvalid);
        Assert.Equal([3], Sample.Read(detached));
        detached.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Only_the_result_of_a_wrapped_scope_survives()
    {
        Tensor? temporary = null;
        using var result = WrappedTensorDisposeScope(() =>
        {
            temporary = Sample.Vector(1);
            return Aten.neg(temporary);
        });
        Assert.True(temporary!.IsInvalid);
        Assert.Equal([-1], Sample.Read(result));
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
