using System.Runtime.InteropServices;

namespace Dsl.Torch.Tests.Door;

/// <summary>Whatever goes wrong in libtorch is an exception with its message, and the process goes on.</summary>
public unsafe class ErrorTests
{
    [Fact]
    public void An_unknown_operator_is_named()
    {
        var error = Assert.Throws<TorchException>(() => Operator.Find("aten::no_such_thing"u8, ""u8));
        Assert.Contains("has no operator aten::no_such_thing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_overload_is_named_with_those_that_exist()
    {
        var error = Assert.Throws<TorchException>(() => Operator.Find("aten::add"u8, "Nonsense"u8));
        Assert.Contains("has no operator aten::add.Nonsense", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Tensor'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_this_libtorch_lacks_fails_only_when_used()
    {
        Assert.True(Aten.Exists("add", "Tensor"));
        Assert.False(Aten.Exists("no_such_thing"));
        Assert.Equal(Aten.Exists("aten::scaled_dot_product_attention"), Aten.Exists("scaled_dot_product_attention"));
    }

    [Fact]
    public void Mm_of_wrong_shapes_says_which()
    {
        using var a = Sample.Zeros(2, 3);
        using var b = Sample.Zeros(4, 5);
        var error = Assert.Throws<TorchException>(() => Aten.mm(a, b));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ExternalException>(error);
    }

    [Fact]
    public void Addmm_of_wrong_shapes_says_which()
    {
        using var bias = Sample.Zeros(7);
        using var a = Sample.Zeros(2, 3);
        using var b = Sample.Zeros(3, 5);
        Assert.Contains("5", Assert.Throws<TorchException>(() => Aten.addmm(bias, a, b)).Message, StringComparison.Ordinal);
        using var result = Aten.mm(a, b);
        Assert.Equal([2, 5], Sample.ShapeOf(result));
    }

    [Fact]
    public void Convolution_of_wrong_channels_says_so()
    {
        using var input = Sample.Zeros(1, 3, 8, 8);
        using var weight = Sample.Zeros(4, 2, 3, 3);
        var error = Assert.Throws<TorchException>(
            () => Aten.convolution(input, weight, null, [1, 1], [0, 0], [1, 1], false, [0, 0], 1));
        Assert.Contains("channels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_in_backward_arrives()
    {
        using var x = Sample.Leaf(1, 2, 3);
        using var y = Aten.mul(x, x);
        using var total = Aten.sum(y);
        // y = x * x saved x: changing it in place makes the saved value stale, which backward finds out.
        using (new GradModeOff())
        {
            Aten.add_(x, 1);
        }

        var error = Assert.Throws<TorchException>(() => Autograd.Backward([total]));
        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
        using var sum = Aten.sum(y);
        Assert.Equal(14, Sample.Read(sum)[0]);
    }

    [Fact]
    public void Backward_twice_through_one_graph_is_refused()
    {
        using var x = Sample.Leaf(1, 2);
        using var y = Aten.mul(x, x);
        using var total = Aten.sum(y);
        Autograd.Backward([total], retainGraph: true);
        Autograd.Backward([total]);
        Assert.Equal([4, 8], Sample.Gradient(x));
        Assert.Contains(
            "second time", Assert.Throws<TorchException>(() => Autograd.Backward([total])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_is_refused_before_libtorch_sees_it()
    {
        var x = Sample.Vector(1);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => Aten.neg(x));
    }

    [Fact]
    public void The_device_must_exist()
    {
        var error = Record.Exception(() => Aten.empty([1], device: new Device("cuda:99")));
        Assert.IsType<TorchException>(error);
    }

    private sealed class GradModeOff : IDisposable
    {
        private readonly bool before = LibTorch.GradMode;

        public GradModeOff() => LibTorch.GradMode = false;

        public void Dispose() => LibTorch.GradMode = before;
    }
}
