using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Parameters;

public sealed class TrustRatioTests
{
    [Fact]
    public void Both_forms_of_a_ratio_are_the_same_number()
    {
        using var parameter = randn(64);
        using var gradient = randn(64);
        var p = ParameterArena.Vectors(parameter);
        var g = ParameterArena.Vectors(gradient);
        Assert.Equal(
            TrustRatio.Lars(parameter, gradient, 0.02, 0.1, 1e-3).ToDouble(), TrustRatio.Lars(p, g, 0.02, 0.1, 1e-3), 1e-6);
        Assert.Equal(TrustRatio.Lamb(parameter, gradient).ToDouble(), TrustRatio.Lamb(p, g), 1e-5);
    }

    [Fact]
    public void A_ratio_is_one_where_a_norm_is_zero()
    {
        using var some = ones(32);
        using var none = zeros(32);
        foreach (var (parameter, gradient) in new[] { (some, none), (none, some), (none, none) })
        {
            var p = ParameterArena.Vectors(parameter);
            var g = ParameterArena.Vectors(gradient);
            Assert.Equal(1, TrustRatio.Lars(p, g, 0.02, 0, 0));
            Assert.Equal(1, TrustRatio.Lars(parameter, gradient, 0.02, 0, 0).ToDouble());
            Assert.Equal(1, TrustRatio.Lamb(p, g));
            Assert.Equal(1, TrustRatio.Lamb(parameter, gradient).ToDouble());
        }
    }

    [Fact]
    public void A_norm_of_many_elements_keeps_its_digits()
    {
        using var parameter = full([1 << 22], 0.1f);
        using var gradient = ones(1 << 22);
        Assert.Equal(0.1f, TrustRatio.Lamb(ParameterArena.Vectors(parameter), ParameterArena.Vectors(gradient)), 1e-12);
    }

    [Fact]
    public void A_part_of_the_memory_is_the_elements_between_its_ends()
    {
        using var flat = arange(0, 64, ScalarType.Float32);
        var part = ParameterArena.Vectors(flat, 16, 48);
        Assert.Equal(32, part.Length * Vector<float>.Count);
        Assert.Equal(16, part[0][0]);
        part[0] = Vector<float>.Zero;
        Assert.Equal(0, flat[16].ToSingle());
        Assert.Equal(15, flat[15].ToSingle());
    }

    [Theory]
    [InlineData(-16, 16)]
    [InlineData(32, 16)]
    [InlineData(0, 80)]
    [InlineData(8, 32)]
    public void A_part_that_is_none_is_refused(long from, long to)
    {
        using var flat = zeros(64);
        Assert.Throws<ArgumentException>(() => _ = ParameterArena.Vectors(flat, from, to).Length);
    }
}
