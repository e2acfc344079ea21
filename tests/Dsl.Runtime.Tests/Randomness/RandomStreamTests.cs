using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Randomness;

public class RandomStreamTests
{
    [Fact]
    public void A_step_draws_the_same_numbers_whenever_it_is_asked_for()
    {
        using var stream = new RandomStream(7, "draws");
        var first = Draw(stream.At(3));
        _ = Draw(stream.At(4));
        using var other = new RandomStream(7, "draws");
        Assert.Equal(first, Draw(stream.At(3)));
        Assert.Equal(first, Draw(other.At(3)));
    }

    [Fact]
    public void Seeds_purposes_and_steps_draw_different_numbers()
    {
        var drawn = new List<float[]>();
        foreach (var seed in new long[] { 0, 1, -1 })
        {
            foreach (var purpose in new[] { "draws", "dropout" })
            {
                using var stream = new RandomStream(seed, purpose);
                drawn.AddRange(Enumerable.Range(0, 20).Select(step => Draw(stream.At(step))));
            }
        }

        Assert.Equal(drawn.Count, drawn.Select(numbers => numbers[0]).Distinct().Count());
    }

    [Fact]
    public void Streams_do_not_touch_the_global_generator()
    {
        manual_seed(5);
        var undisturbed = Draw(null);
        manual_seed(5);
        using var stream = new RandomStream(5, "draws");
        _ = Draw(stream.At(0));
        Assert.Equal(undisturbed, Draw(null));
    }

    [Fact]
    public void Seeds_differ_in_the_low_half_that_generators_read()
    {
        var seeds = from purpose in new[] { "shuffling", "draws" }
                    from step in Enumerable.Range(0, 1000)
                    select (uint)StreamSeed.Of(0, purpose, step);
        Assert.Equal(2000, seeds.Distinct().Count());
    }

    // Computed apart from this code, and written down: a seed that changes with a version or a machine breaks every recorded run.
    [Fact]
    public void Seeds_are_the_same_everywhere() =>
        Assert.Equal(
            [-6617941061259443113, -3006552505567637902],
            new[] { StreamSeed.Of(0, "shuffling", 0), StreamSeed.Of(42, "draws", 1000) });

    private static float[] Draw(Generator? generator)
    {
        using var numbers = rand(8, generator: generator);
        return numbers.data<float>().ToArray();
    }
}
