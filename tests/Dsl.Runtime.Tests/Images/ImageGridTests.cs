using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Images;

/// <summary>Pictures of several images, read back pixel by pixel.</summary>
public sealed class ImageGridTests
{
    [Fact]
    public void Images_stand_row_by_row_with_gaps()
    {
        using var images = tensor([0.0, 1.0, 0.5, 0.2, -3.0, 7.0], [3, 1, 1, 2]);
        using var picture = SKBitmap.Decode(ImageGrid.Png(images, columns: 2, scale: 2, gap: 3));
        Assert.Equal((11, 7), (picture.Width, picture.Height));
        Assert.Equal(new SKColor(0, 0, 0), picture.GetPixel(1, 1));
        Assert.Equal(new SKColor(255, 255, 255), picture.GetPixel(2, 0));
        Assert.Equal(SKColors.White, picture.GetPixel(5, 0));
        Assert.Equal(new SKColor(128, 128, 128), picture.GetPixel(7, 0));
        Assert.Equal(new SKColor(51, 51, 51), picture.GetPixel(10, 1));
        Assert.Equal(SKColors.White, picture.GetPixel(0, 3));
        Assert.Equal(new SKColor(0, 0, 0), picture.GetPixel(0, 5));
        Assert.Equal(new SKColor(255, 255, 255), picture.GetPixel(3, 6));

        // There is no fourth image.
        Assert.Equal(SKColors.White, picture.GetPixel(8, 6));
    }

    [Fact]
    public void Colours_are_red_green_and_blue_in_a_range_of_their_own()
    {
        using var images = tensor([1.0f, 0.0f, -1.0f], [1, 3, 1, 1]);
        using var folder = new TemporaryFolder();
        string path = folder.File("pictures/grid.png");
        ImageGrid.Write(path, images, columns: 8, black: -1, white: 1);
        using var picture = SKBitmap.Decode(path);
        Assert.Equal((1, 1), (picture.Width, picture.Height));
        Assert.Equal(new SKColor(255, 128, 0), picture.GetPixel(0, 0));
    }

    [Fact]
    public void What_is_no_batch_of_images_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => ImageGrid.Png(zeros(3, 8, 8), 2));
        Assert.Throws<ArgumentException>(() => ImageGrid.Png(zeros(1, 2, 8, 8), 2));
        Assert.Throws<ArgumentException>(() => ImageGrid.Png(zeros(0, 1, 8, 8), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageGrid.Png(zeros(1, 1, 8, 8), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageGrid.Png(zeros(1, 1, 8, 8), 1, white: 0));
    }
}
