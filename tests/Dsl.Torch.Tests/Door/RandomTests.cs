namespace Dsl.Torch.Tests.Door;

public class RandomTests
{
    [Fact]
    public void Equal_seeds_give_equal_streams()
    {
        using var scope = NewDisposeScope();
        using var one = new Generator(7);
        using var two = new Generator();
        two.manual_seed(7);
        var a = Aten.randn([5], one);
        var b = Aten.randn([5], two);
        Assert.True(Aten.equal(a, b));
        Assert.False(Aten.equal(a, Aten.randn([5], one)));
        Assert.Equal(7, two.initial_seed());
    }

    [Fact]
    public void A_streams_state_can_be_kept()
    {
        using var scope = NewDisposeScope();
        using var stream = new Generator(1);
        Aten.rand([3], stream);
        var state = stream.get_state();
        var first = Aten.randperm(10, stream);
        stream.set_state(state);
        Assert.True(Aten.equal(first, Aten.randperm(10, stream)));
    }

    [Fact]
    public void The_default_stream_follows_the_global_seed_and_no_other()
    {
        using var scope = NewDisposeScope();
        LibTorch.ManualSeed(3);
        var first = Aten.rand([4]);
        LibTorch.ManualSeed(3);
        using var other = new Generator(3);
        Aten.rand([4], other);
        Assert.True(Aten.equal(first, Aten.rand([4])));
        using var shared = Generator.Default;
        Assert.Equal(3, shared.initial_seed());
    }

    [Fact]
    public void A_disposed_stream_is_refused()
    {
        var stream = new Generator(1);
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Aten.rand([1], stream));
    }
}
