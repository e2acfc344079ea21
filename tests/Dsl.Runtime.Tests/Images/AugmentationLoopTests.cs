using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Images;

/// <summary>Moved and cut images by loops, against libtorch's operators, which tensors of another type take.</summary>
public sealed class AugmentationLoopTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 2), InlineData(5, 3, 8, 8, 4), InlineData(3, 2, 5, 9, 7), InlineData(40, 3, 32, 32, 4)]
    public void Moved_as_by_operators(long samples, long channels, long height, long width, int pixels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor images = randn(samples, channels, height, width), moves = randint(2 * pixels + 1, [samples, 2], ScalarType.Int64);
        var expected = ImageShift.Apply(images.to(ScalarType.Float64), moves, pixels).to(ScalarType.Float32);
        Assert.True(expected.eq(ImageShift.Apply(images, moves, pixels)).all().item<bool>());
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 2), InlineData(5, 3, 8, 8, 4), InlineData(3, 2, 5, 9, 7), InlineData(40, 3, 32, 32, 16)]
    public void Cut_as_by_operators(long samples, long channels, long height, long width, int length)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor images = randn(samples, channels, height, width);
        Tensor rows = randint(height, [samples, 1], ScalarType.Int64), columns = randint(width, [samples, 1], ScalarType.Int64);
        var expected = ImageErasing.Cutout(images.to(ScalarType.Float64), rows, columns, length).to(ScalarType.Float32);
        Assert.True(expected.eq(ImageErasing.Cutout(images, rows, columns, length)).all().item<bool>());
    }

    [Fact]
    public void Noise_of_levels_as_by_operators()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        double[] betas = [0.01, 0.02, 0.1, 0.3];
        using var single = new GaussianDiffusion(betas, DenoisingTarget.Noise, 0, ScalarType.Float32, CPU);
        using var exact = new GaussianDiffusion(betas, DenoisingTarget.Noise, 0, ScalarType.Float64, CPU);
        Tensor samples = randn(9, 3, 5, 7), noise = randn(9, 3, 5, 7), time = randint(4, [9], ScalarType.Int64);
        Tensor exactSamples = samples.to(ScalarType.Float64), exactNoise = noise.to(ScalarType.Float64);
        Assert.True(exact.Noised(exactSamples, exactNoise, time)
            .allclose(single.Noised(samples, noise, time).to(ScalarType.Float64), 1e-5, 1e-6));
        Assert.True(exact.Velocity(exactSamples, exactNoise, time)
            .allclose(single.Velocity(samples, noise, time).to(ScalarType.Float64), 1e-5, 1e-6));
        Assert.ThrowsAny<Exception>(() => single.Noised(samples, noise, full([9], 4, ScalarType.Int64)));
    }
}
