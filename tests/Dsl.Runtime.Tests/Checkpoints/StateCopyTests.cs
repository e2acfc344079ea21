using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Checkpoints;

public class StateCopyTests
{
    [Fact]
    public void A_copy_stays_while_its_state_goes_on()
    {
        using var weights = ones(3, 2);
        using var steps = tensor(7L);
        using var copy = new StateCopy();
        var taken = copy.Take(new Dictionary<string, Tensor> { ["weights"] = weights, ["steps"] = steps });
        Assert.True(copy.IsTaken);
        weights.fill_(5);
        steps.fill_(8);
        Assert.Equal(["weights", "steps"], taken.Keys);
        Assert.True(taken["weights"].Equals(ones(3, 2)));
        Assert.Equal(7, taken["steps"].ToInt64());
    }

    [Fact]
    public void The_next_copy_takes_the_same_memory_where_shapes_are_the_same()
    {
        using var weights = ones(3, 2);
        using var memory = zeros(2);
        using var grown = ones(5);
        using var copy = new StateCopy();
        var first = copy.Take(new Dictionary<string, Tensor> { ["weights"] = weights, ["memory"] = memory });
        weights.fill_(5);
        var second = copy.Take(new Dictionary<string, Tensor> { ["weights"] = weights, ["memory"] = grown });
        Assert.Same(first["weights"], second["weights"]);
        Assert.True(second["weights"].Equals(weights));
        Assert.True(second["memory"].Equals(grown));
    }

    [Fact]
    public void A_state_without_room_for_a_copy_is_itself()
    {
        // A view of one number has as many elements as it says, and no memory for them.
        long tooMany = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / sizeof(float);
        using var number = ones(1);
        using var large = number.expand(tooMany);
        using var copy = new StateCopy();
        var state = new Dictionary<string, Tensor> { ["large"] = large };
        Assert.Same(state, copy.Take(state));
        Assert.False(copy.IsTaken);
    }
}
