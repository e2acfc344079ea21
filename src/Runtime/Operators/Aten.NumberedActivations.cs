using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Activations with a number and their derivatives: loops of our own, and operators of TorchSharp's where a loop cannot go.
public static partial class Aten
{
    /// <summary>ln(1 + e^(βx))/β; x itself where βx lies above the threshold.</summary>
    public static Tensor softplus(Tensor x, double beta, double threshold)
    {
        using Scalar sharpness = beta, linearFrom = threshold;
        return Softplus(x, sharpness, linearFrom);
    }

    // The public function takes doubles, and makes numbers of them that it does not keep.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "softplus1")]
    private static extern Tensor Softplus(Tensor x, Scalar beta, Scalar threshold);

    /// <summary>The gradient where the result lies above a threshold, zero elsewhere.</summary>
    public static Tensor threshold_backward(Tensor gradient, Tensor result, double threshold) =>
        threshold_backward_out(TensorMemory.Like(gradient), gradient, result, threshold);

    /// <summary>The gradient where the result lies above a threshold, zero elsewhere, written over the given one.</summary>
    public static Tensor threshold_backward_(Tensor gradient, Tensor result, double threshold) =>
        threshold_backward_out(gradient, gradient, result, threshold);

    /// <summary>The gradient where the result lies above a threshold, zero elsewhere, written to <paramref
    /// name="output"/>.</summary>
    public static Tensor threshold_backward_out(Tensor output, Tensor gradient, Tensor result, double threshold)
    {
        if (GradientLoop.TryRun<Threshold>(output, gradient, result, threshold)) return output;
        using var mask = gt(result, threshold);
        using var kept = gradient.mul(mask);
        return output.copy_(kept);
    }

    /// <summary>max(0, x).</summary>
    public static Tensor relu(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ByLoop<Threshold>(x, x) ?? nn.functional.relu(x);
    }

    /// <summary>The larger of x and 0, written over x.</summary>
    public static Tensor relu_(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return LoopChoice.CanRun && GradientLoop.TryRun<Threshold>(x, x, x, 0) ? x : x.relu_();
    }

    /// <summary>The gradient where the result lies above a threshold, zero elsewhere; and its sum over rows, added to the
    /// gradient of the bias [C] behind the activation [..., C].</summary>
    public static Tensor threshold_backward(Tensor gradient, Tensor result, double threshold, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return WithBias<Threshold>(TensorMemory.Like(gradient), gradient, result, threshold, biasGradient)
            ?? AndRows(biasGradient, threshold_backward(gradient, result, threshold));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="threshold_backward(Tensor, Tensor, double, Tensor)"/>
    public static Tensor threshold_backward_(Tensor gradient, Tensor result, double threshold, Tensor biasGradient) =>
        WithBias<Threshold>(gradient, gradient, result, threshold, biasGradient)
            ?? AndRows(biasGradient, threshold_backward_(gradient, result, threshold));

    /// <summary>bias ← bias + Σ rows, for a bias [C], or of more dimensions, and rows [..., C].</summary>
    public static Tensor add_rows_(Tensor bias, Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(rows);
        return BiasGradientLoop.TryAdd(bias, rows) ? bias : AddRowsByOperators(bias, rows);
    }

    /// <summary>The same, operator by operator.</summary>
    internal static Tensor AddRowsByOperators(Tensor bias, Tensor rows)
    {
        using var matrix = rows.reshape([-1, .. bias.shape]);
        using var sum = matrix.sum(0L);
        return add_(bias, sum);
    }

    /// <summary>The gradient where the result is positive, slope times it elsewhere.</summary>
    public static Tensor leaky_relu_backward(Tensor gradient, Tensor result, double slope) =>
        WriteLeaky(TensorMemory.Like(gradient), gradient, result, slope);

    /// <summary>The gradient where the result is positive, slope times it elsewhere, written over the given one.</summary>
    public static Tensor leaky_relu_backward_(Tensor gradient, Tensor result, double slope) =>
        WriteLeaky(gradient, gradient, result, slope);

    /// <summary>The gradient where the result is positive, slope times it elsewhere; and its sum over rows, added to the
    /// gradient of the bias [C] behind the activation [..., C].</summary>
    public static Tensor leaky_relu_backward(Tensor gradient, Tensor result, double slope, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return WithBias<Leaky>(TensorMemory.Like(gradient), gradient, result, slope, biasGradient)
            ?? AndRows(biasGradient, leaky_relu_backward(gradient, result, slope));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="leaky_relu_backward(Tensor, Tensor, double, Tensor)"/>
    public static Tensor leaky_relu_backward_(Tensor gradient, Tensor result, double slope, Tensor biasGradient) =>
        WithBias<Leaky>(gradient, gradient, result, slope, biasGradient)
            ?? AndRows(biasGradient, leaky_relu_backward_(gradient, result, slope));

    /// <summary>The gradient where the result is positive, (result + α) times it elsewhere.</summary>
    public static Tensor elu_backward(Tensor gradient, Tensor result, double alpha) =>
        WriteExponential(TensorMemory.Like(gradient), gradient, result, alpha);

    /// <summary>The gradient where the result is positive, (result + α) times it elsewhere, written over the given one.</summary>
    public static Tensor elu_backward_(Tensor gradient, Tensor result, double alpha) =>
        WriteExponential(gradient, gradient, result, alpha);

    /// <summary>The gradient where the result is positive, (result + α) times it elsewhere; and its sum over rows, added to the
    /// gradient of the bias [C] behind the activation [..., C].</summary>
    public static Tensor elu_backward(Tensor gradient, Tensor result, double alpha, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return WithBias<ExponentialBelow>(TensorMemory.Like(gradient), gradient, result, alpha, biasGradient)
            ?? AndRows(biasGradient, elu_backward(gradient, result, alpha));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="elu_backward(Tensor, Tensor, double, Tensor)"/>
    public static Tensor elu_backward_(Tensor gradient, Tensor result, double alpha, Tensor biasGradient) =>
        WithBias<ExponentialBelow>(gradient, gradient, result, alpha, biasGradient)
            ?? AndRows(biasGradient, elu_backward_(gradient, result, alpha));

    /// <summary>σ(βx) times the gradient where βx lies at or below the threshold, the gradient itself above.</summary>
    public static Tensor softplus_backward(Tensor gradient, Tensor x, double beta, double threshold)
    {
        using var scaled = mul(x, beta);
        using var linear = gt(scaled, threshold);
        var slope = scaled.sigmoid_();
        masked_fill_(slope, linear, 1);
        return gradient.mul(slope);
    }

    private static Tensor WriteLeaky(Tensor output, Tensor gradient, Tensor result, double slope)
    {
        if (GradientLoop.TryRun<Leaky>(output, gradient, result, slope)) return output;
        using var positive = gt(result, 0);
        using var scaled = mul(gradient, slope);
        using var chosen = where(positive, gradient, scaled);
        return output.copy_(chosen);
    }

    private static Tensor WriteExponential(Tensor output, Tensor gradient, Tensor result, double alpha)
    {
        if (GradientLoop.TryRun<ExponentialBelow>(output, gradient, result, alpha)) return output;
        using var positive = gt(result, 0);
        using var slope = add(result, alpha);
        slope.mul_(gradient);
        using var chosen = where(positive, gradient, slope);
        return output.copy_(chosen);
    }

    // Null where no loop of ours can go.
    private static Tensor? WithBias<TRule>(
        Tensor output, Tensor gradient, Tensor result, double number, Tensor biasGradient)
        where TRule : IGradientRule
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(biasGradient);
        if (BiasGradientLoop.TryRun<TRule>(output, gradient, result, number, biasGradient)) return output;
        if (!ReferenceEquals(output, gradient)) output.Dispose();
        return null;
    }

    private static Tensor AndRows(Tensor biasGradient, Tensor derived)
    {
        add_rows_(biasGradient, derived);
        return derived;
    }

    private readonly struct Threshold : IGradientRule
    {
        public static string? Kernel => "result <= number ? 0.0f : gradient";

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
            where T : unmanaged, INumber<T> => Vector.AndNot(gradient, Vector.LessThanOrEqual(result, number));

        // Written so that a result that is not a number lets the gradient through, as libtorch does.
        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, INumber<T> => result <= number ? T.Zero : gradient;
    }

    private readonly struct Leaky : IGradientRule
    {
        public static string? Kernel => "result > 0.0f ? gradient : gradient * number";

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
            where T : unmanaged, INumber<T> =>
            Vector.ConditionalSelect(Vector.GreaterThan(result, Vector<T>.Zero), gradient, gradient * number);

        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, INumber<T> => result > T.Zero ? gradient : gradient * number;
    }

    private readonly struct ExponentialBelow : IGradientRule
    {
        public static string? Kernel => "result > 0.0f ? gradient : gradient * (result + number)";

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
            where T : unmanaged, INumber<T> =>
            Vector.ConditionalSelect(Vector.GreaterThan(result, Vector<T>.Zero), gradient, gradient * (result + number));

        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, INumber<T> => result > T.Zero ? gradient : gradient * (result + number);
    }
}
