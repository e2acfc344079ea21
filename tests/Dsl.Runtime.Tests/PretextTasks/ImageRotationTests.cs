using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PretextTasks;

public sealed class ImageRotationTests
{
    [Fact]
    public void Quarter_turns_are_counterclockwise_and_in_order()
    {
        // 0 1
        // 2 3
        using var images = arange(8, ScalarType.Int64).reshape(2, 1, 2, 2);
        using var all = ImageRotation.All(images);
        using var answers = ImageRotation.Answers(images);
        Assert.Equal([8L, 1, 2, 2], all.shape);
        Assert.Equal([0L, 0, 1, 1, 2, 2, 3, 3], answers.data<long>());
        long[][] firsts = [[0, 1, 2, 3], [1, 3, 0, 2], [3, 2, 1, 0], [2, 0, 3, 1]];
        for (int turns = 0; turns < 4; turns++)
        {
            Assert.Equal(firsts[turns], all[2 * turns].contiguous().data<long>());
            Assert.Equal(firsts[turns].Select(pixel => pixel + 4), all[(2 * turns) + 1].contiguous().data<long>());
        }
    }
}
