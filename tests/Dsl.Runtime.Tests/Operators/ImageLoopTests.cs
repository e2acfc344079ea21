using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Loops of ours in place of libtorch's over images: the same numbers and places.</summary>
public class ImageLoopTests
{
    // Rows, columns, kernel, stride, padding.
    [Theory]
    [InlineData(28, 28, 2, 2, 0)]
    [InlineData(32, 32, 3, 2, 1)]
    [InlineData(19, 40, 3, 1, 1)]
    [InlineData(7, 7, 2, 2, 0)]
    [InlineData(4, 4, 2, 2, 0)]
    [InlineData(8, 8, 2, 2, 0)]
    [InlineData(7, 9, 2, 2, 0)]
    [InlineData(14, 14, 2, 2, 0)]
    [InlineData(14, 15, 2, 2, 0)]
    [InlineData(9, 38, 2, 2, 0)]
    [InlineData(12, 3, 2, 2, 0)]
    [InlineData(18, 17, 3, 2, 0)]
    [InlineData(21, 50, 5, 3, 2)]
    [InlineData(1, 33, 1, 2, 0)]
    public void Maxima_and_their_places_are_libtorchs(int rows, int columns, int kernel, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();

        // Few different numbers, so that there are ties, and some that are none.
        Tensor x = Aten.div(randint(0, 9, [3, 5, rows, columns]).to(ScalarType.Float32), 4);
        x[0, 0, 0, columns / 2] = float.NaN;
        x[1, 1] = float.NegativeInfinity;
        long[] k = [kernel, kernel], s = [stride, stride], p = [padding, padding];
        var (y, indices) = Aten.max_pool2d_with_indices(x, k, s, p, [1, 1], false);

        // Libtorch's, since ours knows 32 bits alone.
        var (exact, places) = Aten.max_pool2d_with_indices(x.to(ScalarType.Float64), k, s, p, [1, 1], false);
        Assert.Equal(exact.shape, y.shape);
        Assert.True(y.to(ScalarType.Float64).eq(exact).logical_or(y.isnan().logical_and(exact.isnan())).all().item<bool>());
        Assert.True(indices.eq(places).all().item<bool>());
        Tensor g = randn(y.shape), ofX = Aten.max_pool2d_with_indices_backward(g, x.shape[2..], k, s, p, [1, 1], false, indices);
        Tensor exactOfX = Aten.max_pool2d_with_indices_backward(
            g.to(ScalarType.Float64), x.shape[2..], k, s, p, [1, 1], false, places);
        Assert.True(ofX.to(ScalarType.Float64).allclose(exactOfX, 1e-5, 1e-6));
        Tensor alone = Aten.max_pool2d(x, k, s, p, [1, 1], false);
        Assert.True(alone.eq(y).logical_or(alone.isnan().logical_and(y.isnan())).all().item<bool>());
    }

    [Theory]
    [InlineData(28, 28, 2, 2, 0)]
    [InlineData(32, 31, 3, 2, 0)]
    [InlineData(19, 40, 3, 1, 0)]
    [InlineData(7, 9, 2, 4, 0)]
    [InlineData(5, 5, 5, 5, 0)]
    [InlineData(12, 12, 3, 2, 1)]
    public void Means_and_their_gradients_are_libtorchs(int rows, int columns, int kernel, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(3, 5, rows, columns);
        long[] k = [kernel, kernel], s = [stride, stride], p = [padding, padding];
        Tensor y = Aten.avg_pool2d(x, k, s, p, false, true), exact = nn.functional.avg_pool2d(Double(x), k, s, p, false, true);
        Assert.Equal(exact.shape, y.shape);
        Assert.True(Double(y).allclose(exact, 1e-5, 1e-6));
        Tensor g = randn(y.shape), ofX = Aten.avg_pool2d_backward(g, x, k, s, p, false, true);
        Assert.True(Double(ofX).allclose(Aten.avg_pool2d_backward(Double(g), Double(x), k, s, p, false, true), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Hyperbolic_tangents_are_libtorchs(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor size = logspace(-30, 1.2, 3003, dtype: type), x = cat([size, -size]).view(6, 1001);
        x[0, 0] = float.NaN;
        x[0, 1] = float.PositiveInfinity;
        x[0, 2] = float.NegativeInfinity;
        x[0, 3] = 0;
        Tensor exact = Double(x).tanh(), y = Aten.tanh_(x);
        Assert.Same(x, y);
        Assert.True(Double(y).allclose(exact, 2.5e-7, 0, equal_nan: true));
        Assert.True(y[0, 3].Equals(zeros_like(y[0, 3])));
        Assert.True(y.nan_to_num(1).abs().le(1).all().item<bool>());
        var (above, below) = (y.flatten()[4..3003], y.flatten()[3007..]);
        Assert.True(above.neg().Equals(below));
    }

    [Fact]
    public void What_autograd_records_has_a_gradient()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(1, 1, 16, 16).requires_grad_();
        Aten.max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], false).sum().backward();
        Assert.Equal(64, x.grad!.sum().item<float>());
    }

    [Theory]
    [InlineData(4, 3, 28, 28)]
    [InlineData(5, 2, 3, 3)]
    [InlineData(2, 7, 5, 9)]
    public void Batch_normalisation_and_its_gradients_are_those_of_double_precision(long n, long c, long h, long w)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = Aten.add(randn(n, c, h, w), 30), gradient = randn(n, c, h, w), weight = randn(c), bias = randn(c);
        Tensor means = randn(c), variances = rand(c);
        Tensor exactMeans = Double(means), exactVariances = Double(variances);
        var found = Aten.native_batch_norm(x, weight, bias, means, variances, true, 0.1, 1e-5);
        var exact = Aten.native_batch_norm(
            Double(x), Double(weight), Double(bias), exactMeans, exactVariances, true, 0.1, 1e-5);
        Close(exact.Item1, found.Item1, 2e-4);
        Close(exact.Item2, found.Item2, 1e-5);
        Close(exact.Item3, found.Item3, 1e-5);
        Close(exactMeans, means, 1e-5);
        Close(exactVariances, variances, 1e-5);

        foreach (Tensor g in (Tensor[])[gradient, ones(n, c, 1, 1).expand(n, c, h, w)])
        {
            var of = Aten.native_batch_norm_backward(
                g, x, weight, means, variances, found.Item2, found.Item3, true, 1e-5, [true, true, true]);
            var exactOf = Aten.native_batch_norm_backward(
                Double(g), Double(x), Double(weight), exactMeans, exactVariances, exact.Item2, exact.Item3, true, 1e-5,
                [true, true, true]);
            Close(exactOf.Item1, of.Item1, 2e-4);

            // The mean is kept in 32 bits, whose rounding a sum over many places adds up.
            Close(exactOf.Item2, of.Item2, 1e-3 + 1e-5 * n * h * w);
            Close(exactOf.Item3, of.Item3, 1e-4);
        }

        var (_, onlyWeight, none) = Aten.native_batch_norm_backward(
            gradient, x, null, null, null, found.Item2, found.Item3, true, 1e-5, [false, true, false]);
        Assert.NotNull(onlyWeight);
        Assert.Null(none);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batch_normalisation_that_is_asked_for_y_alone_follows_the_mode(bool training)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(4, 3, 5, 9), weight = randn(3), bias = randn(3), means = randn(3), variances = rand(3);
        Tensor exactMeans = Double(means), exactVariances = Double(variances);
        Tensor y = Aten.batch_norm(x, means, variances, weight, bias, training, 0.1, 1e-5);
        Tensor exact = nn.functional.batch_norm(
            Double(x), exactMeans, exactVariances, Double(weight), Double(bias), training, 0.1, 1e-5);
        Close(exact, y, 1e-4);
        Close(exactMeans, means, 1e-5);
        Close(exactVariances, variances, 1e-5);
        Close(
            nn.functional.batch_norm(Double(x), exactMeans, exactVariances, null, null, false, 0, 1e-5),
            Aten.batch_norm(x, means, variances, null, null, false, 0, 1e-5), 1e-4);
    }

    [Fact]
    public void Batch_normalisation_and_rectifiers_are_recorded()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(2, 3, 4, 4).requires_grad_(), means = zeros(3), variances = ones(3);
        Aten.relu(Aten.batch_norm(x, means, variances, null, null, false, 0, 0)).sum().backward();
        Assert.True(x.grad!.eq(x.gt(0)).all().item<bool>());
    }

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64, copy: true);

    private static void Close(Tensor exact, Tensor found, double bound)
    {
        Assert.Equal(exact.shape, found.shape);
        double error = (Double(found) - exact).abs().max().item<double>();
        Assert.True(error < bound, $"{error}");
    }
}
