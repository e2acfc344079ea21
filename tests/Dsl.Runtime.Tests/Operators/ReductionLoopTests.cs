using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Sums and means, against double precision.</summary>
public sealed class ReductionLoopTests
{
    private static readonly long[][] s_shapes = [[], [0], [1], [7], [300, 301], [3, 5, 65], [4, 3, 9, 11], [2, 3, 0]];

    [Fact]
    public void Over_all_elements()
    {
        foreach (long[] shape in s_shapes)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Tensor x = randn(shape), exact = x.to(ScalarType.Float64);
            Near(exact.sum(), Aten.sum(x));
            Near(exact.mean(), Aten.mean(x));
            if (shape.Length > 1) Near(exact.sum(), Aten.sum(x.transpose(0, 1)));
        }
    }

    [Fact]
    public void Over_all_elements_of_a_number_repeated()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = tensor(0.3f).expand(5, 7);
        Near(x.to(ScalarType.Float64).sum(), Aten.sum(x));
        Near(x.to(ScalarType.Float64).mean(), Aten.mean(x));
    }

    [Fact]
    public void Over_some_dimensions()
    {
        foreach (long[] shape in s_shapes.Where(shape => shape.Length > 1))
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Tensor x = randn(shape), strided = randn([.. shape[..^1], 2 * shape[^1]]).narrow(shape.Length - 1, 0, shape[^1]);
            foreach (long[] dimensions in new long[][] { [0], [1], [0, 1], [1, 2], [0, 2], [2], [0, 2, 3], [3], [1, 3] })
            {
                if (dimensions[^1] >= shape.Length) continue;
                foreach (var y in new[] { x, strided })
                {
                    foreach (bool keep in new[] { false, true })
                    {
                        Tensor exact = y.to(ScalarType.Float64);
                        Near(exact.sum(dimensions, keep), Aten.sum(y, dimensions, keep));
                        Near(exact.mean(dimensions, keep), Aten.mean(y, dimensions, keep));
                    }
                }
            }
        }
    }

    [Fact]
    public void A_number_that_is_none_stays()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = ones(5, 40);
        x[3, 17] = float.NaN;
        Assert.True(float.IsNaN(Aten.sum(x).item<float>()));
        Assert.Equal(1, Aten.sum(x, [1]).isnan().sum().item<long>());
        Assert.Equal(1, Aten.mean(x, [0]).isnan().sum().item<long>());
    }

    [Fact]
    public void Other_numbers_are_left_to_libtorch()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = randn([5, 7], ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, Aten.sum(x).dtype);
        Assert.True(x.mean([1]).allclose(Aten.mean(x, [1])));
    }

    private static void Near(Tensor exact, Tensor actual)
    {
        Assert.Equal(exact.shape, actual.shape);
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.True(
            exact.allclose(actual.to(ScalarType.Float64), 1e-5, 1e-4, equal_nan: true), $"{exact.mean()} {actual.mean()}");
    }
}
