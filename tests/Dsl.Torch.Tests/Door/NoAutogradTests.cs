namespace Dsl.Torch.Tests.Door;

public class NoAutogradTests
{
    [Fact]
    public void Nothing_is_recorded_inside_and_everything_after()
    {
        using var x = Sample.Leaf(1, 2);
        using (Aten.NoAutograd())
        {
            Assert.False(LibTorch.GradMode);
            using var inside = Aten.mul(x, x);
            Assert.False(Sample.RequiresGrad(inside));
            Aten.add_(x, 1); // a leaf may be changed in place: nobody watches
        }

        Assert.True(LibTorch.GradMode);
        using var after = Aten.mul(x, x);
        Assert.True(Sample.RequiresGrad(after));
        using var total = Aten.sum(after);
        Autograd.Backward([total]);
        Assert.Equal([4, 6], Sample.Gradient(x));
    }

    [Fact]
    public void Scopes_nest()
    {
        using var x = Sample.Leaf(1);
        using (Aten.NoAutograd())
        {
            using (Aten.NoAutograd())
            {
            }

            using var between = Aten.neg(x);
            Assert.False(Sample.RequiresGrad(between));
            Assert.False(LibTorch.GradMode);
        }

        Assert.True(LibTorch.GradMode);
    }

    [Fact]
    public void An_inner_scope_keeps_gradients_off_that_were_off()
    {
        LibTorch.GradMode = false;
        try
        {
            using (Aten.NoAutograd())
            {
            }

            Assert.False(LibTorch.GradMode);
        }
        finally
        {
            LibTorch.GradMode = true;
        }
    }

    [Fact]
    public void An_exception_leaves_the_scope()
    {
        using var x = Sample.Leaf(1, 2, 3);
        using var wrong = Sample.Vector(1, 2);
        Assert.Throws<TorchException>(() =>
        {
            using (Aten.NoAutograd())
            {
                Aten.add(x, wrong);
            }
        });
        Assert.True(LibTorch.GradMode);
        using var after = Aten.neg(x);
        Assert.True(Sample.RequiresGrad(after));
    }

    [Fact]
    public void Disposing_twice_restores_once()
    {
        var scope = Aten.NoAutograd();
        scope.Dispose();
        LibTorch.GradMode = true;
        scope.Dispose();
        Assert.True(LibTorch.GradMode);
    }

    [Fact]
    public void Other_threads_keep_recording()
    {
        using var x = Sample.Leaf(1, 2);
        using (Aten.NoAutograd())
        {
            var recorded = false;
            var thread = new Thread(() =>
            {
                using var y = Aten.mul(x, x);
                recorded = Sample.RequiresGrad(y);
            });
            thread.Start();
            thread.Join();
            Assert.True(recorded);
        }
    }
}
