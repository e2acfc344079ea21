using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Retrieval;

public class HardNegativesTests
{
    // The query points right; rows at 0, 10, 20, 30 and 180 degrees.
    private static readonly double[] Degrees = [0, 10, 20, 30, 180];

    [Fact]
    public void Negatives_stand_above_the_last_choice_the_most_similar_first()
    {
        using var scope = NewDisposeScope();
        var mined = HardNegatives.Mine([new(0, [3, 4, 1, 2, 0], [2])], Queries(), Gallery(), perChoice: 2);
        Assert.Equal([(0L, 2L, 1L), (0L, 2L, 3L)], mined.Select(one => (one.Query, one.Chosen, one.PassedOver)));
        Assert.Equal(Math.Cos(Math.PI / 18), mined[0].Similarity, 1e-12);
    }

    [Fact]
    public void The_whole_page_counts_where_that_is_said()
    {
        using var scope = NewDisposeScope();
        LoggedQuery[] log = [new(0, [1, 0], [1])];
        Assert.Empty(HardNegatives.Mine(log, Queries(), Gallery()));
        Assert.Equal(0, HardNegatives.Mine(log, Queries(), Gallery(), passedOver: PassedOver.WholePage).Single().PassedOver);
    }

    [Fact]
    public void What_was_chosen_on_another_page_is_no_negative_of_the_query()
    {
        using var scope = NewDisposeScope();
        LoggedQuery[] log = [new(0, [0, 1, 2], [2]), new(0, [0, 3], [0]), new(0, [4], [])];
        Assert.Equal([1L], HardNegatives.Mine(log, Queries(), Gallery(), perChoice: 9).Select(one => one.PassedOver));
    }

    [Fact]
    public void What_is_unlike_is_left_out()
    {
        using var scope = NewDisposeScope();
        LoggedQuery[] log = [new(0, [4, 3, 0], [0])];
        Assert.Equal([3L], HardNegatives.Mine(log, Queries(), Gallery(), 9, least: 0.5).Select(one => one.PassedOver));
        Assert.Equal([3L, 4L], HardNegatives.Mine(log, Queries(), Gallery(), 9).Select(one => one.PassedOver));
    }

    [Fact]
    public void A_log_that_cannot_be_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<DataMismatchException>(() => new LoggedQuery(0, [1, 1], []));
        Assert.Throws<DataMismatchException>(() => new LoggedQuery(0, [1], [2]));
        Assert.Throws<DataMismatchException>(() => HardNegatives.Mine([new(1, [0], [])], Queries(), Gallery()));
        Assert.Throws<DataMismatchException>(() => HardNegatives.Mine([new(0, [5], [])], Queries(), Gallery()));
        Assert.Throws<DataMismatchException>(() => HardNegatives.Mine([new(0, [-1], [])], Queries(), Gallery()));
        Assert.Throws<ArgumentOutOfRangeException>(() => HardNegatives.Mine([], Queries(), Gallery(), perChoice: 0));
    }

    private static Tensor Queries() => tensor([1.0, 0]).reshape(1, 2);

    private static Tensor Gallery() => tensor(
        Degrees.SelectMany(degree => new[] { Math.Cos(degree * Math.PI / 180), Math.Sin(degree * Math.PI / 180) }).ToArray(),
        [Degrees.Length, 2]);
}
