using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class LatentPathTests
{
    [Fact]
    public void Straight_ways_have_equal_steps()
    {
        using var scope = NewDisposeScope();
        var way = LatentPath.Between(tensor(new float[,] { { 0, 1 }, { 2, 2 } }), tensor(new float[,] { { 4, 1 }, { 2, 0 } }), 3);
        Close(tensor(new float[,] { { 0, 1 }, { 2, 1 }, { 4, 1 }, { 2, 2 }, { 2, 1 }, { 2, 0 } }), way);
    }

    /// <summary>Between two orthogonal directions of one length the arc is a quarter of a circle, in equal angles.</summary>
    [Fact]
    public void Arcs_of_one_length_lie_on_a_circle()
    {
        using var scope = NewDisposeScope();
        var way = LatentPath.Around(tensor(new float[,] { { 2, 0 } }), tensor(new float[,] { { 0, 2 } }), 4);
        double[] angles = [0, Math.PI / 6, Math.PI / 3, Math.PI / 2];
        var expected = tensor(angles.SelectMany(angle => new[] { (float)(2 * Math.Cos(angle)), (float)(2 * Math.Sin(angle)) })
            .ToArray()).reshape(4, 2);
        Close(expected, way);
    }

    /// <summary>In the middle of a way between two draws it is that of a draw, and on a straight way less by √2.</summary>
    [Fact]
    public void Places_on_an_arc_are_as_long_as_draws()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor a = randn([100, 4, 5, 5], generator: generator), b = randn([100, 4, 5, 5], generator: generator);
        var arc = LatentPath.Around(a, b, 3).reshape(100, 3, 100);
        double Length(int place) => arc.select(1, place).square().sum(1L).sqrt().mean().ToDouble();
        Assert.Equal(10, Length(1), 0.2);
        Close(a.reshape(100, 100), arc.select(1, 0));
        Close(b.reshape(100, 100), arc.select(1, 2));
        Assert.Equal(10 / Math.Sqrt(2),
            LatentPath.Between(a, b, 3).reshape(100, 3, 100).select(1, 1).square().sum(1L).sqrt().mean().ToDouble(), 0.2);
    }

    /// <summary>Where there is no arc: equal, opposite and zero vectors, and single numbers.</summary>
    [Fact]
    public void Ways_without_an_angle_are_straight()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2 }, { 1, 2 }, { 0, 0 } });
        var b = tensor(new float[,] { { 1, 2 }, { -1, -2 }, { 0, 3 } });
        var way = LatentPath.Around(a, b, 3).reshape(3, 3, 2);
        Close(tensor(new float[,] { { 1, 2 }, { 0, 0 } }), way[0..2].select(1, 1));
        Assert.True(way.isfinite().all().ToBoolean());
        Close(tensor(new float[,] { { 1 }, { 2 }, { 3 } }),
            LatentPath.Around(tensor(new float[,] { { 1 } }), tensor(new float[,] { { 3 } }), 3));
    }

    [Fact]
    public void Every_place_has_what_its_way_has()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([7L, 7L, 3L, 3L], LatentPath.AtEach(tensor(new long[] { 7, 3 }), 2).data<long>().ToArray());
    }

    [Fact]
    public void Ends_that_do_not_belong_together_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => LatentPath.Around(zeros(2, 3), zeros(3, 3), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentPath.Around(zeros(2, 3), zeros(2, 3), 1));
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().ToDouble() < 1e-5);
    }
}
