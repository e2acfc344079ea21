using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PretextTasks;

public sealed class SegmentOrderTests
{
    [Fact]
    public void Halves_change_places_behind_the_start()
    {
        using var sequences = arange(10, ScalarType.Int64).reshape(2, 5);
        using var swapped = tensor(new[] { 1L, 0 });
        using var seen = SegmentOrder.Swap(sequences, swapped, 1);
        Assert.Equal([0L, 3, 4, 1, 2, 5, 6, 7, 8, 9], seen.data<long>());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.49f, 1)]
    [InlineData(0.5f, 2)]
    [InlineData(0.99999994f, 2)]
    public void A_foreign_half_is_never_the_own_one(float distance, int away)
    {
        using var sequences = arange(12, ScalarType.Float32).reshape(3, 2, 2);
        using var foreign = tensor(new[] { 1L, 0, 1 });
        using var distances = full(3, distance);
        using var seen = SegmentOrder.Exchange(sequences, foreign, distances, 0);
        Assert.Equal([0f, 1, (4 * away) + 2, (4 * away) + 3], seen[0].contiguous().data<float>());
        Assert.Equal([4f, 5, 6, 7], seen[1].contiguous().data<float>());
        int other = (2 + away) % 3;
        Assert.Equal([8f, 9, (4 * other) + 2, (4 * other) + 3], seen[2].contiguous().data<float>());
    }

    [Fact]
    public void Parts_stand_in_their_order_sample_by_sample()
    {
        using var sequences = arange(12, ScalarType.Int64).reshape(2, 3, 2);
        using var places = tensor(new[] { 2L, 0, 1, 0, 2, 1 }).reshape(2, 3);
        using var parts = SegmentOrder.Arrange(sequences, places);
        Assert.Equal([4L, 5, 0, 1, 2, 3, 6, 7, 10, 11, 8, 9], parts.contiguous().data<long>());
    }
}
