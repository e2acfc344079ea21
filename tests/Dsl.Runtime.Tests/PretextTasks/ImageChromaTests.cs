using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PretextTasks;

public sealed class ImageChromaTests
{
    // Grey lies in the middle; of pure colours red and blue reach an end of an axis, and white is as grey as black.
    [Theory]
    [InlineData(0.4f, 0.4f, 0.4f, 4)]
    [InlineData(1f, 1f, 1f, 4)]
    [InlineData(1f, 0f, 0f, 6)]
    [InlineData(0f, 0f, 1f, 5)]
    [InlineData(0f, 1f, 0f, 0)]
    [InlineData(9f, 0f, 0f, 6)]
    public void Cells_of_colours(float red, float green, float blue, long cell)
    {
        using var images = tensor(new[] { red, green, blue }).reshape(1, 3, 1, 1).expand(1, 3, 2, 2);
        using var bins = ImageChroma.Bins(images, 3, 1, 1);
        Assert.Equal([cell], bins.data<long>());
    }

    [Fact]
    public void Regions_have_the_colour_of_their_mean()
    {
        using var images = zeros(1, 3, 2, 4);
        images[0, 0, .., ..2] = 1;   // red on the left
        images[0, 2, .., 3] = 1;     // half blue on the right
        using var bins = ImageChroma.Bins(images, 3, 1, 2);
        Assert.Equal([6L, 5], bins.data<long>());
        using var gray = ImageChroma.Gray(images);
        Assert.Equal([0.299f, 0.299f, 0, 0.114f], gray[0, 0, 0].contiguous().data<float>());
    }
}
