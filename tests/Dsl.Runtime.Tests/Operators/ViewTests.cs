using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Views of our own are those of TorchSharp, of tensors that lie in any order.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Layouts => ["plain", "permuted", "part", "rows", "column", "repeated", "offset"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Each_view_has_the_numbers_of_TorchSharps(string layout)
    {
        using var noGrad = no_grad();
        var x = Of(layout);
        long[] sizes = x.shape;
        Same(x.alias(), Aten.alias(x));
        Same(x.flatten(1), Aten.flatten(x, 1));
        Same(x.contiguous(), Aten.contiguous(x));
        Assert.True(Aten.contiguous(x).is_contiguous());
        Same(x.permute(3, 1, 0, 2), Aten.permute(x, 3, 1, 0, 2));
        for (int d = 0; d <= sizes.Length; d++)
        {
            Same(x.unsqueeze(d), Aten.unsqueeze(x, d));
            Same(x.unsqueeze(d).squeeze(d), Aten.squeeze(x.unsqueeze(d), d));
            if (d == sizes.Length) continue;
            Same(x.squeeze(d), Aten.squeeze(x, d));
            Same(x.select(d, sizes[d] - 1), Aten.select(x, d, sizes[d] - 1));
            Same(x.narrow(d, sizes[d] / 2, sizes[d] - sizes[d] / 2), Aten.narrow(x, d, sizes[d] / 2, sizes[d] - sizes[d] / 2));
            Same(x.narrow(d, 0, 0), Aten.narrow(x, d, 0, 0));
        }

        var matrix = x.select(0, 0).select(0, 0);
        Same(matrix.t(), Aten.t(matrix));
        long count = x.numel();
        foreach (long[] shape in new long[][]
        {
            [-1], [count], [sizes[0], -1], [-1, sizes[3]], [sizes[0] * sizes[1], sizes[2], -1], [1, -1, 1], [2, -1, 3],
            [sizes[0], sizes[1], 1, sizes[2], sizes[3]], [sizes[0], sizes[1], sizes[2] * sizes[3]], [.. sizes],
        })
        {
            Same(x.reshape(shape), Aten.reshape(x, shape));

            // What TorchSharp does not copy is not copied here.
            if (layout == "repeated") continue;
            bool isView = Inside(x.reshape(shape), x);
            Assert.Equal(isView, Inside(Aten.reshape(x, shape), x));
        }
    }

    [Fact]
    public void Numbers_of_other_types_and_none_have_views_too()
    {
        using var noGrad = no_grad();
        var whole = arange(12).reshape(3, 4);
        Same(whole.t().reshape(2, 6), Aten.reshape(Aten.t(whole), 2, 6));
        Same(whole.t().contiguous(), Aten.contiguous(Aten.t(whole)));
        var number = tensor(3.0);
        Same(number.reshape(1, 1), Aten.reshape(number, 1, 1));
        Same(number.unsqueeze(0), Aten.unsqueeze(number, 0));
        Same(tensor(new[] { 3.0 }).reshape([]), Aten.reshape(tensor(new[] { 3.0 })));
        var none = zeros([0, 4]);
        Same(none.reshape(2, 0, 2), Aten.reshape(none, 2, 0, 2));
        Assert.ThrowsAny<Exception>(() => Aten.reshape(whole, 5, -1));
        Assert.ThrowsAny<Exception>(() => Aten.narrow(whole, 0, 2, 2));
        Assert.ThrowsAny<Exception>(() => Aten.select(whole, 0, 3));
    }

    [Fact]
    public void Autograd_goes_through_them()
    {
        var x = rand([2, 3], requires_grad: true);
        Aten.mul(Aten.narrow(Aten.reshape(Aten.t(x), 2, 3), 1, 0, 2), 2).sum().backward();
        Assert.Equal(8, x.grad!.sum().item<float>());
    }

    private static Tensor Of(string layout) => layout switch
    {
        "plain" => rand([4, 3, 6, 2]),
        "permuted" => rand([2, 6, 4, 3]).permute(2, 3, 1, 0),
        "part" => rand([4, 3, 6, 6]).narrow(3, 2, 2),
        "rows" => rand([9, 3, 6, 2]).narrow(0, 3, 4),
        "column" => rand([4, 3, 6, 4])[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(0, 4, 2)],
        "repeated" => rand([4, 1, 6, 2]).expand(4, 3, 6, 2),
        _ => rand([2, 4, 3, 6, 2]).select(0, 1),
    };

    private static bool Inside(Tensor view, Tensor x)
    {
        view.fill_(1);
        bool isInside = x.eq(1).any().item<bool>();
        x.copy_(rand(x.shape));
        return isInside;
    }

    private static void Same(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.True(expected.eq(actual).all().item<bool>());
    }
}
