using System.Numerics;
using System.Runtime.Intrinsics;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Loops that stand for several operators against these: sizes around a vector's, numbers that are none, memory with
/// gaps, types that only libtorch takes, and any number of threads.</summary>
public sealed partial class FusedLoopTests
{
    private static readonly long[] s_sizes = [1, 2, 7, 8, 9, 10, 16, 31, 33, 65];

    [Fact]
    public void What_no_loop_takes_goes_to_libtorch()
    {
        using var scope = NewDisposeScope();
        var logits = randn(6, 9);
        var labels = tensor(new long[] { 0, 1, 2, 8, 4, 5 });

        // Autograd is on.
        Assert.Null(CrossEntropyLoop.TryRun(logits, labels, null, true, -100));
        Assert.False(BiasGradientLoop.TryAdd(zeros(9), logits));
        using var noGrad = no_grad();
        Assert.Null(CrossEntropyLoop.TryRun(logits.to(ScalarType.Float64), labels, null, true, -100));
        Assert.Null(CrossEntropyLoop.TryRun(randn(9, 6).t(), labels, null, true, -100));
        Assert.Null(CrossEntropyLoop.TryRun(logits, labels, ones(9, ScalarType.Float64), true, -100));
        Assert.False(BiasGradientLoop.TryAdd(zeros(9), randn(9, 6).t()));
        Assert.False(BiasGradientLoop.TryAdd(zeros(9, ScalarType.Float64), logits));
        Assert.False(BiasGradientLoop.TryAdd(zeros(8), logits));

        // Labels that are no class are libtorch's to refuse.
        Assert.Null(CrossEntropyLoop.TryRun(logits, tensor(new long[] { 0, 1, 2, 9, 4, 5 }), null, true, -100));
        Assert.Null(CrossEntropyLoop.TryRun(logits, tensor(new long[] { 0, 1, 2, -1, 4, 5 }), null, true, -100));

        var strided = randn(9, 6).t();
        var (loss, gradient) = Aten.cross_entropy_and_gradient(strided, labels, null, 1, -100);
        var (expected, slope) = Aten.cross_entropy_and_gradient(strided.contiguous(), labels, null, 1, -100);
        Close(expected, loss, 1e-5);
        Close(slope, gradient, 1e-6);
        Close(strided.sum(0L), Aten.add_rows_(zeros(9), strided), 1e-5);
        var doubles = randn([4, 9], ScalarType.Float64);
        Close(doubles.sum(0L), Aten.add_rows_(zeros(9, ScalarType.Float64), doubles), 1e-12);
    }

    [Fact]
    public void Rows_are_added_to_a_bias()
    {
        foreach (long columns in s_sizes)
        {
            foreach (long rows in new long[] { 0, 1, 3, 255, 256, 700 })
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                var gradient = randn(rows, columns);
                var bias = randn(columns);
                var expected = bias + gradient.sum(0L);
                Assert.Same(bias, Aten.add_rows_(bias, gradient));
                Close(expected, bias, 1e-4);
            }
        }

        using var inner = NewDisposeScope();
        using var off = no_grad();
        var (table, images) = (randn(5, 3), randn(4, 5, 3));
        Close(table + images.sum(0L), Aten.add_rows_(table.clone(), images), 1e-5);
        var (one, sequences) = (randn(3), randn(4, 5, 3));
        Close(one + sequences.sum([0, 1]), Aten.add_rows_(one.clone(), sequences), 1e-5);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky")]
    [InlineData("elu")]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    public void Derivatives_with_the_gradient_of_a_bias(string name)
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long columns in s_sizes)
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                var (gradient, x) = (randn([13, columns], type), randn([13, columns], type));
                var y = Apply(name, x);
                var (bias, other) = (randn([columns], type), randn([columns], type));
                var alone = Derive(name, gradient, y, null, inPlace: false);
                var expected = bias + alone.sum(0L);
                var second = other + alone.sum(0L);
                var copy = gradient.clone();
                Close(alone, Derive(name, gradient, y, bias, inPlace: false), 1e-6);
                Close(expected, bias, 1e-4);
                Assert.Same(copy, Derive(name, copy, y, other, inPlace: true));
                Close(alone, copy, 1e-6);
                Close(second, other, 1e-4);

                // The same with gaps, operator by operator.
                var (strided, sums) = (gradient.t().contiguous().t(), zeros([columns], type));
                Close(alone, Derive(name, strided, y, sums, inPlace: true), 1e-6);
                Close(alone.sum(0L), sums, 1e-4);
            }
        }
    }

    [Fact]
    public void A_result_that_is_not_a_number_passes_its_gradient()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var y = full([2, 11], float.NaN);
        var bias = zeros(11);
        var derived = Aten.threshold_backward_(ones(2, 11), y, 0, bias);
        Assert.All(derived.data<float>().ToArray(), value => Assert.Equal(1, value));
        Assert.All(bias.data<float>().ToArray(), value => Assert.Equal(2, value));
        Assert.All(Aten.relu_(y).data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Exponentials_have_all_digits_but_the_last()
    {
        int width = System.Numerics.Vector<float>.Count;
        for (double x = -110; x < 95; x += 0.00731)
        {
            float number = (float)x, power = Exponential.Of(new Vector<float>(number))[width - 1];
            double exact = Math.Exp(number);
            double step = Math.Max((double)MathF.BitIncrement((float)exact) - (float)exact, float.Epsilon);
            if (exact > float.MaxValue) Assert.Equal(float.PositiveInfinity, power);
            else Assert.True(Math.Abs(power - exact) <= 2 * step, $"exp({number}) is {exact}, not {power}");
        }

        if (Exponential.HasLong)
        {
            for (float x = -110; x < 95; x += 0.00731f)
                Assert.Equal(Exponential.Of(new Vector<float>(x))[0], Exponential.Of(Vector512.Create(x))[0]);
            foreach (float x in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0 })
                Assert.Equal(Exponential.Of(new Vector<float>(x))[0], Exponential.Of(Vector512.Create(x))[0]);
        }

        Assert.Equal(0, Exponential.Of(new Vector<float>(float.NegativeInfinity))[0]);
        Assert.Equal(float.PositiveInfinity, Exponential.Of(new Vector<float>(float.PositiveInfinity))[0]);
        Assert.True(float.IsNaN(Exponential.Of(new Vector<float>(float.NaN))[0]));
        Assert.Equal(1, Exponential.Of(new Vector<float>(0f))[0]);
    }

    [Fact]
    public void Silu_and_sigmoid_and_their_derivatives()
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long columns in s_sizes)
            {
                using var scope = NewDisposeScope();
                var x = (randn([13, columns], type) * 4).detach().requires_grad_();
                var gradient = randn([13, columns], type);
                var y = nn.functional.silu(x);
                y.backward([gradient]);
                using var noGrad = no_grad();
                var plain = x.detach();
                Close(y, Aten.silu(plain), 1e-6);
                Close(x.grad!, Aten.silu_backward(gradient, plain), 2e-6);
                var bias = randn([columns], type);
                var expected = bias + x.grad!.sum(0L);
                Close(x.grad!, Aten.silu_backward(gradient, plain, bias), 2e-6);
                Close(expected, bias, 1e-4);
                Close(y.t(), Aten.silu(plain.t()), 1e-6);
                var copy = gradient.clone();
                Assert.Same(copy, Aten.silu_backward_(copy, plain));
                Close(x.grad!, copy, 2e-6);
                Close(plain.sigmoid(), Aten.sigmoid_(plain.clone()), 1e-6);
            }
        }
    }

    [Fact]
    public void Approximate_gelu_and_its_derivative()
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long columns in s_sizes)
            {
                using var scope = NewDisposeScope();
                var x = (randn([13, columns], type) * 4).detach().requires_grad_();
                var gradient = randn([13, columns], type);
                var y = x.gelu(TorchSharp.Modules.GELU.Approximate.tanh);
                y.backward([gradient]);
                using var noGrad = no_grad();
                var plain = x.detach();
                Close(y, Aten.gelu(plain, "tanh"), 2e-6);
                Close(x.grad!, Aten.gelu_backward(gradient, plain, "tanh"), 5e-6);
                var bias = randn([columns], type);
                var expected = bias + x.grad!.sum(0L);
                Close(x.grad!, Aten.gelu_backward(gradient, plain, "tanh", bias), 5e-6);
                Close(expected, bias, 1e-4);
                Close(y.t(), Aten.gelu(plain.t(), "tanh"), 2e-6);
                var copy = gradient.clone();
                Assert.Same(copy, Aten.gelu_backward_(copy, plain, "tanh"));
                Close(x.grad!, copy, 5e-6);
            }
        }

        using var inner = NewDisposeScope();
        using var off = no_grad();
        var odd = tensor(new[] { float.NaN, 0, -0f, 30, -30, 1e4f, -1e4f, 3, -3 });
        Close(odd.gelu(TorchSharp.Modules.GELU.Approximate.tanh), Aten.gelu(odd, "tanh"), 1e-6);
        var far = tensor(new[] { float.NaN, 0, -0f, 30, -30, 100, -100, 3, -3 });
        var slope = Aten.gelu_backward(ones(9).to(ScalarType.Float64), far.to(ScalarType.Float64), "tanh");
        Close(slope.to(ScalarType.Float32), Aten.gelu_backward(ones(9), far, "tanh"), 1e-6);
    }

    [Fact]
    public void Gelu_and_its_derivative()
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long columns in s_sizes)
            {
                using var scope = NewDisposeScope();
                var x = (randn([13, columns], type) * 3).detach().requires_grad_();
                var gradient = randn([13, columns], type);
                var y = x.gelu();
                y.backward([gradient]);
                using var noGrad = no_grad();
                var plain = x.detach();
                // libtorch has them to 10⁻⁷ of x.
                Close(y, Aten.gelu(plain, "none"), 3e-6);
                Close(x.grad!, Aten.gelu_backward(gradient, plain, "none"), 2e-6);
                Tensor bias = randn([columns], type), other = bias.clone(), expected = bias + x.grad!.sum(0L);
                Close(x.grad!, Aten.gelu_backward(gradient, plain, "none", bias), 2e-6);
                Close(expected, bias, 1e-4);
                Tensor copy = gradient.clone(), second = gradient.clone();
                Assert.Same(copy, Aten.gelu_backward_(copy, plain, "none"));
                Close(x.grad!, copy, 2e-6);
                Assert.Same(second, Aten.gelu_backward_(second, plain, "none", other));
                Close(x.grad!, second, 2e-6);
                Close(expected, other, 1e-4);
                Close(y.t(), Aten.gelu(plain.t(), "none"), 3e-6);
                var strided = gradient.t().contiguous().t();
                Assert.Same(strided, Aten.gelu_backward_(strided, plain, "none"));
                Close(x.grad!, strided, 2e-6);
            }
        }

        using var inner = NewDisposeScope();
        using var off = no_grad();
        var odd = tensor(new[] { float.NaN, 0, -0f, 30, -30, 1e4f, -1e4f, 3, -3, float.PositiveInfinity, 1e-30f, -1e-40f });
        Close(odd.to(ScalarType.Float64).gelu().to(ScalarType.Float32), Aten.gelu(odd, "none"), 1e-30);
        var slope = Aten.gelu_backward(ones(12).to(ScalarType.Float64), odd.to(ScalarType.Float64), "none");
        Close(slope.to(ScalarType.Float32), Aten.gelu_backward(ones(12), odd, "none"), 1e-7);
        Assert.Equal(0, Aten.gelu(zeros(0), "none").numel());
    }

    [Fact]
    public void Small_shares_of_normal_distributions_keep_their_digits()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = arange(-5, 12, 0.00091, ScalarType.Float32);
        double[] numbers = TensorMemory.Doubles(x), y = TensorMemory.Doubles(Aten.gelu(x, "none"));
        double[] exact = TensorMemory.Doubles(x.to(ScalarType.Float64).gelu());
        double[] theirs = TensorMemory.Doubles(x.gelu());
        double most = 0, far = 0;
        for (int i = 0; i < y.Length; i++)
        {
            most = Math.Max(most, Math.Abs(y[i] - exact[i]) / Math.Abs(exact[i]));
            if (numbers[i] > 0) far = Math.Max(far, Math.Abs(theirs[i] - exact[i]) / Math.Abs(exact[i]));
        }

        // The square of a large number has lost a part of what its power shows.
        Assert.True(most < 2e-6, $"{most}; libtorch's, of positive numbers, {far}");
    }

    [Fact]
    public void The_larger_of_a_number_and_zero()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long size in s_sizes)
            {
                var x = randn([size], type);
                var expected = x.relu();
                Assert.Same(x, Aten.relu_(x));
                Close(expected, x, 0);
                var strided = randn([3, size], type).t();
                Close(strided.relu(), Aten.relu_(strided), 0);
            }
        }
    }

    [Fact]
    public void A_product_with_a_transpose_is_added()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long size in s_sizes)
            {
                var (a, b, c) = (randn([17, size], type), randn([17, 5], type), randn([size, 5], type));
                var expected = c + a.t().mm(b);
                Assert.Same(c, Aten.addmm_transposed_(c, a, b));
                Close(expected, c, 1e-4);
                Close(a.t().mm(b), Aten.addmm_transposed_(zeros([size, 5], type), a.t().contiguous().t(), b), 1e-4);
            }
        }

        Assert.Throws<TorchException>(() => Aten.addmm_transposed_(zeros(5, 5), zeros(3, 5), zeros(4, 5)));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int before = get_num_threads();
        try
        {
            var (logits, labels) = (randn(3000, 65), randint(0, 65, [3000], ScalarType.Int64));
            var (gradient, y) = (randn(3000, 200), randn(3000, 200));
            var results = new List<byte[]>();
            foreach (int threads in new[] { 1, 2, 3 })
            {
                set_num_threads(threads);
                var (loss, slope) = Aten.cross_entropy_and_gradient(logits, labels, null, 1, -100);
                var bias = zeros(200);
                var derived = Aten.threshold_backward(gradient, y, 0, bias);
                Aten.add_rows_(bias, gradient);
                results.Add([.. loss.bytes, .. slope.bytes, .. bias.bytes, .. derived.bytes]);
            }

            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void The_variable_says_who_runs_loops()
    {
        Assert.True(LoopChoice.Asked(null));
        Assert.True(LoopChoice.Asked(""));
        Assert.True(LoopChoice.Asked("dsl"));
        Assert.False(LoopChoice.Asked("libtorch"));
        var unknown = Assert.Throws<InvalidOperationException>(() => LoopChoice.Asked("off"));
        Assert.Contains("\"off\"; it can be \"libtorch\" or \"dsl\"", unknown.Message, StringComparison.Ordinal);
    }

    private static Tensor Apply(string name, Tensor x) => name switch
    {
        "relu" => x.relu(),
        "leaky" => x.leaky_relu(0.2),
        "elu" => x.elu(0.7, 1, 1),
        "sigmoid" => x.sigmoid(),
        _ => x.tanh(),
    };

    private static Tensor Derive(string name, Tensor gradient, Tensor y, Tensor? bias, bool inPlace) =>
        (name, bias, inPlace) switch
        {
            ("relu", null, _) => Aten.threshold_backward(gradient, y, 0),
            ("relu", _, false) => Aten.threshold_backward(gradient, y, 0, bias),
            ("relu", _, _) => Aten.threshold_backward_(gradient, y, 0, bias),
            ("leaky", null, _) => Aten.leaky_relu_backward(gradient, y, 0.2),
            ("leaky", _, false) => Aten.leaky_relu_backward(gradient, y, 0.2, bias),
            ("leaky", _, _) => Aten.leaky_relu_backward_(gradient, y, 0.2, bias),
            ("elu", null, _) => Aten.elu_backward(gradient, y, 0.7),
            ("elu", _, false) => Aten.elu_backward(gradient, y, 0.7, bias),
            ("elu", _, _) => Aten.elu_backward_(gradient, y, 0.7, bias),
            ("sigmoid", null, _) => Aten.sigmoid_backward(gradient, y),
            ("sigmoid", _, false) => Aten.sigmoid_backward(gradient, y, bias),
            ("sigmoid", _, _) => Aten.sigmoid_backward_(gradient, y, bias),
            (_, null, _) => Aten.tanh_backward(gradient, y),
            (_, _, false) => Aten.tanh_backward(gradient, y, bias),
            _ => Aten.tanh_backward_(gradient, y, bias),
        };

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        if (expected.numel() == 0) return;
        Assert.True(
            actual.allclose(expected, rtol: 1e-5, atol: tolerance, equal_nan: true), $"{expected.str()} but {actual.str()}");
    }
}
