namespace Dsl.Torch.Tests.Surface;

/// <summary>Convolutions, pooling and resolution of the TorchSharp-compatible surface.</summary>
public class SpatialTests
{
    [Fact]
    public void Convolution_over_three_dimensions()
    {
        using var x = ones([1, 2, 3, 3, 3]);
        using var weight = ones([1, 2, 2, 2, 2]);
        using var y = nn.functional.conv3d(x, weight);
        Assert.Equal([1, 1, 2, 2, 2], y.shape);
        Assert.All(y.data<float>().ToArray(), value => Assert.Equal(16f, value));
        using var strided = nn.functional.conv3d(x, weight, null, [2, 2, 2], [1, 1, 1], [1, 1, 1], 1);
        Assert.Equal([1, 1, 2, 2, 2], strided.shape);
    }

    [Fact]
    public void Transposed_convolution_over_one_dimension()
    {
        using var x = tensor(new float[] { 1, 2 }).reshape(1, 1, 2);
        using var weight = tensor(new float[] { 1, 10 }).reshape(1, 1, 2);
        using var y = nn.functional.conv_transpose1d(x, weight);
        Assert.Equal([1, 12, 20], y.data<float>().ToArray());
        using var wide = nn.functional.conv_transpose1d(x, weight, null, 2, 0, 1);
        Assert.Equal([1, 10, 2, 20, 0], wide.data<float>().ToArray());
    }

    [Fact]
    public void Mean_of_windows_that_are_not_square()
    {
        using var x = arange(6, ScalarType.Float32).reshape(1, 1, 2, 3);
        using var y = nn.functional.avg_pool2d(x, new long[] { 1, 2 }, new long[] { 1, 1 });
        Assert.Equal([0.5f, 1.5f, 3.5f, 4.5f], y.data<float>().ToArray());
        using var strideOfKernel = nn.functional.avg_pool2d(x, new long[] { 1, 2 });
        Assert.Equal([0.5f, 3.5f], strideOfKernel.data<float>().ToArray());
    }

    [Fact]
    public void Channels_become_resolution()
    {
        using var x = arange(4, ScalarType.Float32).reshape(1, 4, 1, 1);
        using var y = nn.functional.pixel_shuffle(x, 2);
        Assert.Equal([1, 1, 2, 2], y.shape);
        Assert.Equal([0, 1, 2, 3], y.data<float>().ToArray());
    }

    [Fact]
    public void Resolution_by_size_or_by_factor()
    {
        using var x = tensor(new float[] { 0, 4 }).reshape(1, 1, 1, 2);
        using var nearest = nn.functional.upsample_nearest2d(x, [1, 4]);
        Assert.Equal([0, 0, 4, 4], nearest.data<float>().ToArray());
        using var byFactor = nn.functional.upsample_nearest2d(x, scaleFactors: [1, 2]);
        Assert.Equal(nearest.data<float>().ToArray(), byFactor.data<float>().ToArray());
        using var bilinear = nn.functional.upsample_bilinear(x, [1, 4]);
        Assert.Equal([0, 1, 3, 4], bilinear.data<float>().ToArray());
        using var corners = nn.functional.upsample_bilinear(x, scale_factor: [1, 2], align_corners: true);
        Assert.Equal(4 / 3f, corners.data<float>().ToArray()[1], 1e-5f);
    }
}
