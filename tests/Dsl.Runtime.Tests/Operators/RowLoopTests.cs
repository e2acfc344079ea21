using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Loops over rows against libtorch's operators: layer normalisation, softmax, and elements by their places.</summary>
public sealed class RowLoopTests
{
    private static readonly long[] s_columns = [1, 2, 7, 8, 9, 16, 31, 33, 128, 5000];

    [Fact]
    public void Layer_normalization_and_its_derivative()
    {
        foreach (long columns in s_columns)
        {
            foreach (long rows in new long[] { 1, 3, 32, 33, 300 })
            {
                if (rows * columns > 200_000) continue;
                using var scope = NewDisposeScope();
                var x = (randn(rows, columns) * 2 + 1).detach().requires_grad_();
                Tensor weight = randn(columns).requires_grad_(), bias = randn(columns).requires_grad_();
                var gradient = randn(rows, columns);
                var expected = nn.functional.layer_norm(x, [columns], weight, bias, 1e-3);
                expected.backward([gradient]);
                using var noGrad = no_grad();
                var (y, mean, inverse) = Aten.native_layer_norm(x, [columns], weight, bias, 1e-3);
                Close(expected, y, 1e-5);
                Close(x.mean([1], keepdim: true), mean, 1e-5);
                var (ofX, ofWeight, ofBias) = Aten.native_layer_norm_backward(
                    gradient, x, [columns], mean, inverse, weight, bias, [true, true, true]);

                // With so few columns and numbers that are alike, their deviation is nearly that of the summands.
                Close(x.grad!, ofX, columns < 8 ? 2e-3 : 2e-5);
                Close(weight.grad!, ofWeight, 1e-4);
                Close(bias.grad!, ofBias, 1e-4);
            }
        }
    }

    [Fact]
    public void Layer_normalization_of_several_dimensions_and_of_what_no_loop_takes()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(5, 4, 3, 7), weight = randn(3, 7), bias = randn(3, 7);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (var input in new[] { x, x.permute(1, 0, 2, 3), x.narrow(1, 0, 1), x.narrow(0, 0, 0) })
            {
                var (typed, weights, biases) = (input.to(type), weight.to(type), bias.to(type));
                var gradient = randn(typed.shape, type);
                var (y, mean, inverse) = Aten.native_layer_norm(typed, [3, 7], weights, biases, 1e-5);
                Close(nn.functional.layer_norm(typed, [3, 7], weights, biases, 1e-5), y, 1e-5);
                Assert.Equal([typed.shape[0], typed.shape[1], 1, 1], mean.shape);
                Assert.Equal(mean.shape, inverse.shape);
                var (normal, _, _) = Aten.native_layer_norm(typed, [3, 7], null, null, 1e-5);
                Close(nn.functional.layer_norm(typed, [3, 7]), normal, 1e-5);
                var (ofX, ofWeight, ofBias) = Aten.native_layer_norm_backward(
                    gradient, typed, [3, 7], mean, inverse, weights, biases, [true, true, true]);
                var (again, _, _) = Aten.native_layer_norm_backward(
                    gradient * weights, typed.contiguous(), [3, 7], mean, inverse, null, null, [true, false, false]);
                Close(ofX, again, 2e-5);
                Close((gradient * (typed - mean) * inverse).sum([0, 1]), ofWeight, 1e-4);
                Close(gradient.sum([0, 1]), ofBias, 1e-4);
            }
        }

        var one = ones(1).expand(5, 4, 3, 7);
        var (_, means, inverses) = Aten.native_layer_norm(x, [3, 7], weight, bias, 1e-5);
        var (left, _, _) = Aten.native_layer_norm_backward(
            one, x, [3, 7], means, inverses, weight, bias, [true, true, true]);
        var (right, _, _) = Aten.native_layer_norm_backward(
            one.contiguous(), x, [3, 7], means, inverses, weight, bias, [true, true, true]);
        Close(right, left, 0);
        x[1, 1, 0, 2] = float.NaN;
        var (odd, _, _) = Aten.native_layer_norm(x, [3, 7], weight, bias, 1e-5);
        Close(nn.functional.layer_norm(x, [3, 7], weight, bias), odd, 1e-5);
    }

    [Fact]
    public void Softmax_and_its_derivative()
    {
        foreach (long columns in s_columns)
        {
            foreach (long rows in new long[] { 0, 1, 3, 300 })
            {
                if (rows * columns > 200_000) continue;
                using var scope = NewDisposeScope();
                var x = (randn(rows, columns) * 5).detach().requires_grad_();
                var gradient = randn(rows, columns);
                var expected = nn.functional.softmax(x, -1);
                expected.backward([gradient]);
                using var noGrad = no_grad();
                Tensor y = Aten.softmax(x, 1), copy = x.clone(), slope = gradient.clone();
                Close(expected, y, 1e-6);
                Assert.Same(copy, Aten.softmax_(copy, -1));
                Close(y, copy, 0);
                var derived = Aten._softmax_backward_data(gradient, y, -1, ScalarType.Float32);
                Close(x.grad!, derived, 1e-6);
                Assert.Same(slope, Aten._softmax_backward_data_(slope, y, 1, ScalarType.Float32));
                Close(derived, slope, 0);
            }
        }
    }

    [Fact]
    public void Softmax_of_numbers_that_are_none_and_of_what_no_loop_takes()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (float odd in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e38f, -3e38f })
        {
            var x = arange(57, ScalarType.Float32).reshape(3, 19) / 7;
            x[1, 17] = odd;
            x[2] = odd;
            Close(x.softmax(-1), Aten.softmax(x, -1), 1e-6);
            var gradient = randn(3, 19);
            gradient[0, 18] = odd;
            var y = randn(3, 19).softmax(-1);
            var theirs = y.to(ScalarType.Float64);
            var expected = Aten._softmax_backward_data(gradient.to(ScalarType.Float64), theirs, -1, ScalarType.Float64);
            Close(expected.to(ScalarType.Float32), Aten._softmax_backward_data(gradient, y, -1, ScalarType.Float32), 1e-5);
        }

        foreach (var x in new[] { randn(9, 6).t(), randn([6, 9], ScalarType.Float64), randn(6, 9, 2).select(2, 1) })
        {
            foreach (int dimension in new[] { 0, -1 })
            {
                Tensor y = Aten.softmax(x, dimension), copy = x.clone(), gradient = randn_like(x), slope = gradient.clone();
                Close(x.softmax(dimension), y, 1e-6);
                Assert.Same(copy, Aten.softmax_(copy, dimension));
                Close(y, copy, 1e-7);
                var expected = y * (gradient - (gradient * y).sum(dimension, keepdim: true));
                Close(expected, Aten._softmax_backward_data(gradient, y, dimension, x.dtype), 1e-6);
                Assert.Same(slope, Aten._softmax_backward_data_(slope, y, dimension, x.dtype));
                Close(expected, slope, 1e-6);
            }
        }

        Assert.Equal(1, Aten.softmax(zeros(1)[0], 0).item<float>());
    }

    [Fact]
    public void Elements_of_rows_by_their_places()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (var (rows, columns, count) in new[] { (0, 5, 1), (1, 1, 1), (7, 5, 1), (7, 5, 3), (300, 17, 2) })
            {
                var x = randn([rows, columns], type);
                var places = randint(0, columns, [rows, count], ScalarType.Int64);
                var gradient = randn([rows, count], type);
                Close(x.gather(1, places), Aten.gather(x, 1, places), 0);
                var expected = zeros_like(x).scatter_add_(1, places, gradient);
                Close(expected, Aten.gather_backward(gradient, x, 1, places), 1e-6);
                var strided = places.t().contiguous().t();
                Close(x.gather(1, strided), Aten.gather(x, 1, strided), 0);
                Close(expected, Aten.gather_backward(gradient, x, 1, strided), 1e-6);
                Close(x.gather(1, places), Aten.gather(x.t().contiguous().t(), 1, places), 0);
                Close(x.argmax(1, keepdim: true).to(type), ActionChoice.Best(x).to(type), 0);
            }
        }

        var zero = zeros([5], ScalarType.Int64).unsqueeze(1);
        Close(ones(5, 1), Aten.gather(ones(5, 3), 1, zero), 0);
        Close(ones(3, 1), Aten.gather(ones(5, 3), 1, zero.narrow(0, 0, 3)), 0);
        Close(ones(1, 5), Aten.gather(ones(3, 5), 0, zero.t()), 0);
        Assert.ThrowsAny<Exception>(() => Aten.gather(ones(5, 3), 1, zero + 3));
        Assert.ThrowsAny<Exception>(() => Aten.gather(ones(5, 3), 1, zero - 4));
        const float Least = float.NegativeInfinity;
        var odd = tensor(new[] { 1, 3, 3, float.NaN, 5, float.NaN, Least, Least, 0 }).reshape(3, 3);
        foreach (var values in new[] { odd, odd.t(), full([2, 3], Least), full([2, 3], -Least) })
            Close(values.argmax(1, keepdim: true).to(ScalarType.Float32), ActionChoice.Best(values).to(ScalarType.Float32), 0);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int before = get_num_threads();
        try
        {
            Tensor x = randn(3000, 65), gradient = randn(3000, 65), weight = randn(65), bias = randn(65);
            var results = new List<byte[]>();
            foreach (int threads in new[] { 1, 2, 3 })
            {
                set_num_threads(threads);
                var (y, mean, inverse) = Aten.native_layer_norm(x, [65], weight, bias, 1e-5);
                var (ofX, ofWeight, ofBias) = Aten.native_layer_norm_backward(
                    gradient, x, [65], mean, inverse, weight, bias, [true, true, true]);
                var shares = Aten.softmax(x, -1);
                var slope = Aten._softmax_backward_data(gradient, shares, -1, ScalarType.Float32);
                results.Add([.. y.bytes, .. ofX.bytes, .. ofWeight.bytes, .. ofBias.bytes, .. shares.bytes, .. slope.bytes]);
            }

            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        if (expected.numel() == 0) return;
        Assert.True(
            actual.allclose(expected, rtol: 1e-5, atol: tolerance, equal_nan: true),
            $"{(actual - expected).abs().max().str()} beside {expected.abs().max().str()}");
    }
}
