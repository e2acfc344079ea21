namespace Dsl.Torch.Tests.Surface;

public sealed class RandomTests : SurfaceTest
{
    [Fact]
    public void Equal_seeds_draw_equal_numbers()
    {
        using var one = new Generator(3);
        using var other = new Generator(3);
        Assert.True(rand(8, generator: one).Equals(rand(8, generator: other)));
        Assert.True(randn([4, 2], generator: one).Equals(randn([4, 2], generator: other)));
        long[] size = [9];
        Assert.True(randint(0, 100, size, generator: one).Equals(randint(0, 100, size, generator: other)));
        Assert.True(randperm(9, generator: one).Equals(randperm(9, generator: other)));
        Assert.True(zeros(5).bernoulli_(0.5, one).Equals(zeros(5).bernoulli_(0.5, other)));
        Assert.True(zeros(5).uniform_(-1, 1, one).Equals(zeros(5).uniform_(-1, 1, other)));
        Assert.True(zeros(5).normal_(1, 2, one).Equals(zeros(5).normal_(1, 2, other)));
        Assert.True(zeros(5).random_(0, 50, one).Equals(zeros(5).random_(0, 50, other)));
    }

    [Fact]
    public void The_default_stream_follows_manual_seed()
    {
        manual_seed(11).Dispose();
        var first = rand(4);
        Assert.Equal(11, initial_seed());
        manual_seed(11).Dispose();
        Assert.True(first.Equals(rand(4)));
        var state = get_rng_state();
        var next = rand(4);
        set_rng_state(state);
        Assert.True(next.Equals(rand(4)));
    }

    [Fact]
    public void Draws_have_their_distribution()
    {
        var even = zeros(20_000).uniform_(2, 4);
        Assert.Equal(3, even.mean().ToDouble(), 0.05);
        Assert.InRange(even.min().ToDouble(), 2, 2.01);
        Assert.Equal(1.5, normal(1, 1.5, [20_000]).std().ToDouble(), 0.05);
        Assert.Equal(0.3, zeros(20_000).bernoulli_(0.3).mean().ToDouble(), 0.02);
        Assert.Equal(0.25, full(20_000, 0.25).bernoulli().mean().ToDouble(), 0.02);
        Equal([0L, 1, 2, 3, 4, 5, 6], randperm(7).sort().Values);
        Assert.Equal(ScalarType.Int64, randint(5, new long[] { 2 }).dtype);
        Assert.True(randint(3, 5, new long[] { 100 }).ge(3).all().item<bool>());
        Equal([1L, 1, 1], tensor([0f, 1f]).multinomial(3, replacement: true));
    }
}
