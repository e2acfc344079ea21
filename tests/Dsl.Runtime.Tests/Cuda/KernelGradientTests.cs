using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>Kernels of activations' derivatives, of biases and of clipped gradients, run on the processor, against libtorch's
/// operators in double precision.</summary>
public class KernelGradientTests
{
    [EmulatedTheory]
    [InlineData("relu")]
    [InlineData("leaky")]
    [InlineData("elu")]
    [InlineData("silu")]
    [InlineData("gelu")]
    [InlineData("gelu-tanh")]
    public void Derivatives(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(3);
        foreach (long count in new long[] { 1, 255, 256, 257, 5000 })
        {
            Tensor gradient = randn([count], generator: generator), x = randn([count], generator: generator) * 3;
            var expected = Derived(name, gradient.to(ScalarType.Float64), x.to(ScalarType.Float64));
            using var emulated = EmulatedDevice.Begin(out var device);
            var over = gradient.clone();
            var derived = DerivedOver(name, over, x);
            Close.To(expected, derived, 1e-6, Largest(gradient));
            Assert.Same(over, derived);
            Assert.Equal(["derivative"], device.Launched);
        }

        Assert.False(GradientKernel<Unruled>.TryRun(zeros(3), zeros(3), zeros(3), 0));
    }

    [EmulatedTheory]
    [InlineData("relu")]
    [InlineData("leaky")]
    [InlineData("elu")]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    [InlineData("silu")]
    [InlineData("gelu")]
    [InlineData("gelu-tanh")]
    public void Derivatives_with_the_gradient_of_a_bias(string name)
    {
        foreach (var (rows, columns) in new[] { (1, 1), (7, 31), (64, 32), (65, 33), (513, 5), (1100, 70) })
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            using var generator = new Generator(3);
            Tensor gradient = randn([rows, columns], generator: generator), bias = randn([columns], generator: generator);
            var x = (randn([rows, columns], generator: generator) * 2).tanh_();
            double largest = Largest(gradient);
            var expected = Derived(name, gradient.to(ScalarType.Float64), x.to(ScalarType.Float64));
            var sums = bias.to(ScalarType.Float64) + expected.sum(0L);
            using var emulated = EmulatedDevice.Begin(out var device);
            Close.To(expected, DerivedWithBias(name, gradient, x, bias), 1e-6, largest);
            Close.To(sums, bias, 1e-6, largest);
            Assert.Equal(rows > 512 ? ["bias_gradient", "add_parts"] : ["bias_gradient"], device.Launched);
        }
    }

    [EmulatedFact]
    public void Rows_are_added_to_a_bias()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(3);
        using var emulated = EmulatedDevice.Begin(out var device);
        foreach (long rows in new long[] { 0, 1, 511, 513, 1600 })
        {
            Tensor gradient = randn([rows, 5, 7], generator: generator), table = randn([5, 7], generator: generator);
            var expected = table.to(ScalarType.Float64) + gradient.to(ScalarType.Float64).sum(0L);
            Aten.add_rows_(table, gradient);
            Close.To(expected, table, 1e-6);
            var vector = zeros(7);
            Aten.add_rows_(vector, gradient);
            Close.To(gradient.to(ScalarType.Float64).sum([0, 1]), vector, 1e-6);
        }

        Assert.Equal(["add_parts", "bias_gradient"], device.Launched.Distinct().Order());
        Assert.False(BiasGradientKernel<Unruled>.TryAdd(zeros(2), zeros(3, 2)));
    }

    [EmulatedFact]
    public void Derivatives_of_numbers_that_are_none_are_none()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out _);
        var x = tensor(new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0 });

        // As libtorch has it: what is not a number lets the gradient of a rectifier through.
        Assert.Equal([2, 2, 0, 0], Aten.threshold_backward(full([4], 2f), x, 0).data<float>().ToArray());
        var gradient = tensor(new[] { float.NaN, float.NaN, float.NaN, float.NaN });
        Assert.Equal([float.NaN, float.NaN, 0, 0], Aten.threshold_backward(gradient, x, 0).data<float>().ToArray());
        var bias = zeros(4);
        Aten.leaky_relu_backward(gradient.reshape(1, 4), x.reshape(1, 4), 0.1, bias);
        Assert.All(bias.data<float>().ToArray(), sum => Assert.True(float.IsNaN(sum)));
    }

    [EmulatedFact]
    public void Gradients_are_clipped_to_one_length()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (double most in new[] { 0.5, 1e6 })
        {
            Tensor first = randn(9000), second = randn(33);
            var length = cat([first, second]).to(ScalarType.Float64).norm();
            double factor = Math.Min(1, most / (length.ToDouble() + 1e-6));
            Tensor[] expected = [first.to(ScalarType.Float64) * factor, second.to(ScalarType.Float64) * factor];
            using var emulated = EmulatedDevice.Begin(out var device);
            GradientNorm.Clip(most, first, second);
            Close.To(expected[0], first, 1e-6);
            Close.To(expected[1], second, 1e-6);
            Assert.Equal(["squares", "squares", "sum_runs", "clip", "clip"], device.Launched);
        }

        using var last = EmulatedDevice.Begin(out _);
        var odd = tensor(new[] { 1, float.NaN, 2 });
        GradientNorm.Clip(1, odd);
        Assert.All(odd.data<float>().ToArray(), number => Assert.True(float.IsNaN(number)));
    }

    // Slopes are differences of numbers up to 1, of which the gradient is a multiple.
    private static double Largest(Tensor gradient) => gradient.abs().max().ToDouble();

    private static Tensor Derived(string name, Tensor gradient, Tensor x) => name switch
    {
        "relu" => gradient * (x > 0),
        "leaky" => where(x > 0, gradient, gradient * 0.1),
        "elu" => where(x > 0, gradient, gradient * (x + 1.5)),
        "sigmoid" => gradient * (1 - x) * x,
        "tanh" => gradient * (1 - x * x),
        "silu" => Aten.silu_backward(gradient, x),
        "gelu" => Aten.gelu_backward(gradient, x, "none"),
        _ => Aten.gelu_backward(gradient, x, "tanh"),
    };

    private static Tensor DerivedOver(string name, Tensor gradient, Tensor x) => name switch
    {
        "relu" => Aten.threshold_backward_(gradient, x, 0),
        "leaky" => Aten.leaky_relu_backward_(gradient, x, 0.1),
        "elu" => Aten.elu_backward_(gradient, x, 1.5),
        "silu" => Aten.silu_backward_(gradient, x),
        "gelu" => Aten.gelu_backward_(gradient, x, "none"),
        _ => Aten.gelu_backward_(gradient, x, "tanh"),
    };

    private static Tensor DerivedWithBias(string name, Tensor gradient, Tensor x, Tensor bias) => name switch
    {
        "relu" => Aten.threshold_backward(gradient, x, 0, bias),
        "leaky" => Aten.leaky_relu_backward(gradient, x, 0.1, bias),
        "elu" => Aten.elu_backward_(gradient, x, 1.5, bias),
        "sigmoid" => Aten.sigmoid_backward(gradient, x, bias),
        "tanh" => Aten.tanh_backward_(gradient, x, bias),
        "silu" => Aten.silu_backward(gradient, x, bias),
        "gelu" => Aten.gelu_backward(gradient, x, "none", bias),
        _ => Aten.gelu_backward_(gradient, x, "tanh", bias),
    };

    // A rule that runs on the processor alone.
    private readonly struct Unruled : IGradientRule
    {
        public static System.Numerics.Vector<T> Of<T>(
            System.Numerics.Vector<T> gradient, System.Numerics.Vector<T> result, System.Numerics.Vector<T> number)
            where T : unmanaged, System.Numerics.INumber<T> => gradient;

        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, System.Numerics.INumber<T> => gradient;
    }
}
