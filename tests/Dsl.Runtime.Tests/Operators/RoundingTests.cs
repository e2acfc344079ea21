using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Numbers of 16 bits against libtorch's: rounding, widening, and products of them.</summary>
public sealed class RoundingTests
{
    [Fact]
    public void Every_upper_half_with_lower_halves_around_the_middle_rounds_as_in_libtorch()
    {
        uint[] lower = [0, 1, 0x7FFE, 0x7FFF, 0x8000, 0x8001, 0xFFFF];
        float[] numbers = new float[65536 * lower.Length];
        for (uint upper = 0; upper < 65536; upper++)
        {
            for (int i = 0; i < lower.Length; i++)
                numbers[upper * lower.Length + i] = BitConverter.UInt32BitsToSingle((upper << 16) | lower[i]);
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = tensor(numbers);
        var expected = x.to(ScalarType.BFloat16);
        var rounded = Aten.to_bfloat16(x);
        Assert.Equal(ScalarType.BFloat16, rounded.dtype);
        var isNumber = ~x.isnan();
        Assert.Equal(isNumber, ~rounded.isnan());
        Assert.Equal(expected[isNumber], rounded[isNumber]);
        Assert.Equal(rounded.to(ScalarType.Float32)[isNumber], Aten.to_float32(rounded)[isNumber]);
        Assert.True(Aten.to_float32(rounded).isnan().eq(x.isnan()).all().ToBoolean());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(35)]
    public void A_bias_is_added_with_32_bits(int channels)
    {
        using var scope = NewDisposeScope();
        var bias = randn(channels).requires_grad_();
        Check(randn(5, channels), -1, b => b);
        Check(randn(3, 4, channels), -1, b => b);
        Check(randn(0, channels), -1, b => b);
        Check(randn(3, channels, 6, 5), 1, b => b.reshape(channels, 1, 1));
        Check(randn(2, channels, 33), 1, b => b.reshape(channels, 1));
        Check(randn(3, 6, channels).transpose(0, 1), -1, b => b);

        void Check(Tensor values, int dimension, Func<Tensor, Tensor> place)
        {
            var x = values.to(ScalarType.BFloat16);
            var recorded = Aten.to_float32(x.requires_grad_(), bias, dimension);
            using var noGrad = no_grad();
            var expected = x.to(ScalarType.Float32) + place(bias);
            Assert.Equal(expected, Aten.to_float32(x, bias, dimension));
            Assert.Equal(expected, recorded.detach());
            Assert.True(recorded.requires_grad);
        }
    }

    [Fact]
    public void Numbers_of_16_bits_are_added_to_those_of_32()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (shape, count) in new (long[], int)[] { ([7], 1), ([33, 5], 2), ([70_000], 3) })
        {
            Tensor x = randn(shape), y = randn(shape).to(ScalarType.BFloat16);
            var expected = x + y.to(ScalarType.Float32) * count;
            for (int i = 0; i < count; i++) Assert.Same(x, Aten.add_(x, y));
            Assert.True(x.allclose(expected, 1e-6, 1e-6));
        }
    }

    [Fact]
    public void Products_are_libtorchs()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor a = Short(6, 10), b = Short(10, 9), w = Short(9, 10), many = Short(4, 3, 10), others = Short(4, 10, 5);
        Close(a.mm(b), Aten.mm(a, b));
        Close(a.t().mm(Short(6, 4).fill_(0.5)), Aten.mm(Aten.t(a), Short(6, 4).fill_(0.5)));
        Close(many.bmm(others), Aten.bmm(many, others));
        Close(nn.functional.linear(a, w), Aten.linear(a, w, null));
        Close(nn.functional.linear(many, w), Aten.linear(many, w, null));
        Assert.Equal([4, 3, 9], Aten.linear(many, w, null).shape);
        Assert.Equal([0, 9], Aten.mm(Short(0, 10), b).shape);

        static Tensor Short(params long[] shape) => randn(shape).to(ScalarType.BFloat16);

        static void Close(Tensor expected, Tensor actual)
        {
            Assert.Equal(ScalarType.BFloat16, actual.dtype);
            Assert.True(actual.to(ScalarType.Float32).allclose(expected.to(ScalarType.Float32), 1e-2, 1e-2));
        }
    }

    [Fact]
    public void A_product_of_other_shapes_says_so()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor a = zeros(2, 3, ScalarType.BFloat16), b = zeros(4, 2, ScalarType.BFloat16);
        Assert.ThrowsAny<Exception>(() => Aten.mm(a, b));
    }

    [Fact]
    public void Numbers_that_have_other_bits_are_refused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<InvalidOperationException>(() => Aten.to_bfloat16(zeros(2, 3, ScalarType.Float64)));
        Assert.Contains("[MixedPrecision]", error.Message);
        Assert.Contains("Float64 [2, 3]", error.Message);
        var x = zeros(2, 3, ScalarType.BFloat16);
        Assert.Throws<InvalidOperationException>(() => Aten.to_float32(x, zeros(3, ScalarType.Float64), -1));
    }

    [Fact]
    public void Derivatives_go_through_both_directions()
    {
        using var scope = NewDisposeScope();
        var x = randn(4, 6).requires_grad_();
        var weight = randn(4, 6);
        (Aten.to_float32(Aten.to_bfloat16(x)) * weight).sum().backward();

        // On its way back the gradient is rounded, too.
        Assert.Equal(weight.to(ScalarType.BFloat16).to(ScalarType.Float32), x.grad!);
    }
}
