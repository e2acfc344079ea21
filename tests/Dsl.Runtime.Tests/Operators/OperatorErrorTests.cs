using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>What libtorch refuses is an exception that says operator, shapes and types, and the process goes on.</summary>
public sealed class OperatorErrorTests
{
    [Fact]
    public void A_product_of_wrong_shapes_names_them()
    {
        using var sum = zeros(2, 5);
        using var a = zeros(2, 3);
        using var b = zeros([4, 5], ScalarType.Float64);
        var error = Assert.Throws<TorchException>(() => Aten.addmm_(sum, a, b));
        Assert.Contains("aten::addmm", error.Message, StringComparison.Ordinal);
        Assert.Contains("Float32 [2, 3] on cpu", error.Message, StringComparison.Ordinal);
        Assert.Contains("Float64 [4, 5] on cpu", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ExternalException>(error);
    }

    [Fact]
    public void An_operator_of_wrong_shapes_names_them()
    {
        using var gradient = zeros(1, 4, 6, 6);
        using var x = zeros(1, 3, 8, 8);
        using var weight = zeros(4, 2, 3, 3);
        var error = Assert.Throws<TorchException>(() => Aten.convolution_backward(
            gradient, x, weight, [], [1, 1], [0, 0], [1, 1], false, [0, 0], 1, [true, true, false]));
        Assert.Contains("aten::convolution_backward", error.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 2, 3, 3]", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_error_calls_go_on()
    {
        using var x = ones(2, 2);
        using var wrong = ones(3, 3);
        Assert.Throws<TorchException>(() => Aten.tanh_backward(x, wrong));
        using var gradient = Aten.tanh_backward(x, x);
        Assert.Equal([0, 0, 0, 0], gradient.data<float>().ToArray());
    }

    [Fact]
    public void A_missing_tensor_is_named() =>
        Assert.Equal("tensor", Assert.Throws<ArgumentNullException>(() => Aten.hardswish_backward(null!, null!)).ParamName);
}
