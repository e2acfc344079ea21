using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

/// <summary>Gradients that are longer than they may be, by loops and by operators.</summary>
public sealed class GradientNormTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void One_that_is_too_long_gets_the_length(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor first = randn([10_000], type), second = randn([37], type);
        Tensor before = first.clone(), others = second.clone();
        double norm = Math.Sqrt(Aten.item(before.square().sum()) + Aten.item(others.square().sum()));
        GradientNorm.Clip(2 * norm, first, second);
        Assert.True(first.eq(before).all().item<bool>());
        GradientNorm.Clip(3, first, second);
        Assert.True(first.allclose(Aten.mul(before, 3 / (norm + 1e-6)), 1e-5, 1e-7));
        Assert.True(second.allclose(Aten.mul(others, 3 / (norm + 1e-6)), 1e-5, 1e-7));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_is_not_hidden(float number)
    {
        using var gradient = ones(100);
        gradient[99] = number;
        GradientNorm.Clip(1, gradient);
        Assert.True(gradient.isnan().any().item<bool>());
    }
}
