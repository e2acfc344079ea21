using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Activations and derivatives of them that libtorch has as operators without numbers.
public static partial class Aten
{
    /// <summary>x·tanh(ln(1 + eˣ)).</summary>
    public static Tensor mish(Tensor x)
    {
        var call = new OperatorCall(stackalloc ulong[1]);
        call.Add(x);
        call.Run("aten::mish"u8);
        return call.Result();
    }

    /// <summary>The gradient of the input. It reads the result.</summary>
    public static Tensor sigmoid_backward(Tensor gradient, Tensor result) =>
        ByLoop<SigmoidSlope>(gradient, result) ?? Call("aten::sigmoid_backward"u8, gradient, result);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor sigmoid_backward_(Tensor gradient, Tensor result) =>
        LoopChoice.CanRun && GradientLoop.TryRun<SigmoidSlope>(gradient, gradient, result, 0) ? gradient
        : sigmoid_backward_out(gradient, gradient, result);

    /// <summary>The gradient of the input; and its sum over rows, added to the gradient of the bias [C] behind the activation
    /// [..., C].</summary>
    public static Tensor sigmoid_backward(Tensor gradient, Tensor result, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return WithBias<SigmoidSlope>(TensorMemory.Like(gradient), gradient, result, 0, biasGradient)
            ?? AndRows(biasGradient, sigmoid_backward(gradient, result));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="sigmoid_backward(Tensor, Tensor, Tensor)"/>
    public static Tensor sigmoid_backward_(Tensor gradient, Tensor result, Tensor biasGradient) =>
        WithBias<SigmoidSlope>(gradient, gradient, result, 0, biasGradient)
            ?? AndRows(biasGradient, sigmoid_backward_(gradient, result));

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor sigmoid_backward_out(Tensor output, Tensor gradient, Tensor result) =>
        Write(output, "aten::sigmoid_backward"u8, "grad_input"u8, gradient, result);

    /// <summary>1/(1 + e⁻ˣ), written over x.</summary>
    public static Tensor sigmoid_(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return LoopChoice.CanRun && GradientLoop.TryRun<SigmoidValue>(x, x, x, 0) ? x : x.sigmoid_();
    }

    /// <summary>The hyperbolic tangent, written over x.</summary>
    public static Tensor tanh_(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return LoopChoice.CanRun && TanhLoop.TryRun(x) ? x : x.tanh_();
    }

    /// <summary>The gradient of the input. It reads the result.</summary>
    public static Tensor tanh_backward(Tensor gradient, Tensor result) =>
        ByLoop<TanhSlope>(gradient, result) ?? Call("aten::tanh_backward"u8, gradient, result);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor tanh_backward_(Tensor gradient, Tensor result) =>
        LoopChoice.CanRun && GradientLoop.TryRun<TanhSlope>(gradient, gradient, result, 0) ? gradient
        : tanh_backward_out(gradient, gradient, result);

    /// <summary>The gradient of the input; and its sum over rows, added to the gradient of the bias [C] behind the activation
    /// [..., C].</summary>
    public static Tensor tanh_backward(Tensor gradient, Tensor result, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return WithBias<TanhSlope>(TensorMemory.Like(gradient), gradient, result, 0, biasGradient)
            ?? AndRows(biasGradient, tanh_backward(gradient, result));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="tanh_backward(Tensor, Tensor, Tensor)"/>
    public static Tensor tanh_backward_(Tensor gradient, Tensor result, Tensor biasGradient) =>
        WithBias<TanhSlope>(gradient, gradient, result, 0, biasGradient)
            ?? AndRows(biasGradient, tanh_backward_(gradient, result));

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor tanh_backward_out(Tensor output, Tensor gradient, Tensor result) =>
        Write(output, "aten::tanh_backward"u8, "grad_input"u8, gradient, result);

    /// <summary>x·σ(x).</summary>
    public static Tensor silu(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ByLoop<SiluValue>(x, x) ?? nn.functional.silu(x);
    }

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor silu_backward(Tensor gradient, Tensor x) =>
        ByLoop<SiluSlope>(gradient, x) ?? Call("aten::silu_backward"u8, gradient, x);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor silu_backward_(Tensor gradient, Tensor x) =>
        LoopChoice.CanRun && GradientLoop.TryRun<SiluSlope>(gradient, gradient, x, 0) ? gradient
        : silu_backward_out(gradient, gradient, x);

    /// <summary>The gradient of the input; and its sum over rows, added to the gradient of the bias [C] behind the activation
    /// [..., C].</summary>
    public static Tensor silu_backward(Tensor gradient, Tensor x, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return WithBias<SiluSlope>(TensorMemory.Like(gradient), gradient, x, 0, biasGradient)
            ?? AndRows(biasGradient, silu_backward(gradient, x));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="silu_backward(Tensor, Tensor, Tensor)"/>
    public static Tensor silu_backward_(Tensor gradient, Tensor x, Tensor biasGradient) =>
        WithBias<SiluSlope>(gradient, gradient, x, 0, biasGradient) ?? AndRows(biasGradient, silu_backward_(gradient, x));

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor silu_backward_out(Tensor output, Tensor gradient, Tensor x) =>
        Write(output, "aten::silu_backward"u8, "grad_input"u8, gradient, x);

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor hardswish_backward(Tensor gradient, Tensor x) => Call("aten::hardswish_backward"u8, gradient, x);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor hardswish_backward_(Tensor gradient, Tensor x) => hardswish_backward_out(gradient, gradient, x);

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor hardswish_backward_out(Tensor output, Tensor gradient, Tensor x) =>
        Write(output, "aten::hardswish_backward"u8, "out"u8, gradient, x);

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor mish_backward(Tensor gradient, Tensor x) => Call("aten::mish_backward"u8, gradient, x);

    /// <summary>x·Φ(x), or its approximation by a hyperbolic tangent, x·σ(2·√(2/π)·(x + 0.044715·x³)).</summary>
    /// <param name="x">Of any shape.</param>
    /// <param name="approximation">"tanh", or "none" for the exact function.</param>
    public static Tensor gelu(Tensor x, string approximation)
    {
        ArgumentNullException.ThrowIfNull(x);
        return approximation != Approximate ? ByLoop<ExactGeluValue>(x, x) ?? x.gelu()
            : ByLoop<GeluValue>(x, x) ?? x.gelu(TorchSharp.Modules.GELU.Approximate.tanh);
    }

    /// <summary>The gradient of the input, and its sum over rows, added to the gradient of the bias [C] behind the activation
    /// [..., C]. It reads the input.</summary>
    public static Tensor gelu_backward(Tensor gradient, Tensor x, string approximation, Tensor biasGradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return GeluWithBias(TensorMemory.Like(gradient), gradient, x, approximation, biasGradient)
            ?? AndRows(biasGradient, gelu_backward(gradient, x, approximation));
    }

    /// <summary>The same, written over the given gradient.</summary>
    /// <inheritdoc cref="gelu_backward(Tensor, Tensor, string, Tensor)"/>
    public static Tensor gelu_backward_(Tensor gradient, Tensor x, string approximation, Tensor biasGradient) =>
        GeluWithBias(gradient, gradient, x, approximation, biasGradient)
            ?? AndRows(biasGradient, gelu_backward_(gradient, x, approximation));

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor gelu_backward(Tensor gradient, Tensor x, string approximation)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        return (approximation == Approximate ? ByLoop<GeluSlope>(gradient, x) : ByLoop<ExactGeluSlope>(gradient, x))
            ?? GeluByOperator(gradient, x, approximation);
    }

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor gelu_backward_(Tensor gradient, Tensor x, string approximation)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        if (LoopChoice.CanRun && (approximation == Approximate
            ? GradientLoop.TryRun<GeluSlope>(gradient, gradient, x, 0)
            : TensorLayout.TryOf(x, out _) && GradientLoop.TryRun<ExactGeluSlope>(gradient, gradient, x, 0))) return gradient;
        using var derived = GeluByOperator(gradient, x, approximation);
        return gradient.copy_(derived);
    }

    private static Tensor GeluByOperator(Tensor gradient, Tensor x, string approximation)
    {
        var call = new OperatorCall(stackalloc ulong[3]);
        call.Add(gradient);
        call.Add(x);
        call.Add(approximation);
        call.Run("aten::gelu_backward"u8);
        return call.Result();
    }

    private static Tensor? GeluWithBias(Tensor output, Tensor gradient, Tensor x, string approximation, Tensor biasGradient) =>
        approximation == Approximate ? WithBias<GeluSlope>(output, gradient, x, 0, biasGradient)
        : WithBias<ExactGeluSlope>(output, gradient, x, 0, biasGradient);

    // Into memory of its own; null where a loop cannot go over both.
    private static Tensor? ByLoop<TRule>(Tensor gradient, Tensor x)
        where TRule : IGradientRule
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(gradient, out var layout) || !layout.IsPlain
            || !TensorLayout.TryOf(x, out var values) || !values.IsPlain || !values.Sizes.SequenceEqual(layout.Sizes))
            return null;
        var output = TensorMemory.Empty(layout.Sizes);
        GradientLoop.TryRun<TRule>(output, gradient, x, 0);
        return output;
    }

    // x·σ(x); the same x stands for the gradient.
    private readonly struct SiluValue : IGradientRule
    {
        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x) => x * Exponential.Sigmoid(x);

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T> => x * Exponential.Sigmoid(x);

        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T> => x * Exponential.Sigmoid(x);
    }

    // With s = σ(x) the slope is s·(1 + x·(1 − s)).
    private readonly struct SiluSlope : IGradientRule
    {
        public static string? Kernel => "gradient * silu_slope(result)";

        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x)
        {
            var share = Exponential.Sigmoid(x);
            return gradient * (share * (Vector512<float>.One + x * (Vector512<float>.One - share)));
        }

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T>
        {
            var share = Exponential.Sigmoid(x);
            return gradient * (share * (Vector<T>.One + x * (Vector<T>.One - share)));
        }

        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T>
        {
            T share = Exponential.Sigmoid(x);
            return gradient * (share * (T.One + x * (T.One - share)));
        }
    }

    private readonly struct SigmoidValue : IGradientRule
    {
        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x) => Exponential.Sigmoid(x);

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T> => Exponential.Sigmoid(x);

        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T> => Exponential.Sigmoid(x);
    }

    // libtorch's name for the hyperbolic tangent.
    private const string Approximate = "tanh";

    private const double GeluScale = 1.5957691216057308, GeluCube = 0.044715;

    // x·σ(2u); the same x stands for the gradient.
    private readonly struct GeluValue : IGradientRule
    {
        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x) => x * Exponential.Sigmoid(Inner(x));

        public static Vector512<float> Inner(Vector512<float> x) =>
            x * (Vector512.Create((float)GeluScale) + Vector512.Create((float)(GeluScale * GeluCube)) * (x * x));

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T> => x * Exponential.Sigmoid(Inner(x));

        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T> => x * Exponential.Sigmoid(Inner(x));

        // 2u = 2·√(2/π)·(x + 0.044715·x³).
        public static Vector<T> Inner<T>(Vector<T> x)
            where T : unmanaged, INumber<T> =>
            x * (Repeated<T>(GeluScale) + Repeated<T>(GeluScale * GeluCube) * (x * x));

        public static T Inner<T>(T x)
            where T : unmanaged, INumber<T> =>
            x * (T.CreateTruncating(GeluScale) + T.CreateTruncating(GeluScale * GeluCube) * (x * x));
    }

    // With s = σ(2u) the slope is s + x·s·(1 − s)·2u', and 2u' = 2·√(2/π)·(1 + 3·0.044715·x²).
    private readonly struct GeluSlope : IGradientRule
    {
        public static string? Kernel => "gradient * gelu_tanh_slope(result)";

        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x)
        {
            var share = Exponential.Sigmoid(GeluValue.Inner(x));
            var inner = Vector512.Create((float)GeluScale) + Vector512.Create((float)(3 * GeluScale * GeluCube)) * (x * x);
            return gradient * (share + x * share * (Vector512<float>.One - share) * inner);
        }

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T>
        {
            var share = Exponential.Sigmoid(GeluValue.Inner(x));
            var inner = Repeated<T>(GeluScale) + Repeated<T>(3 * GeluScale * GeluCube) * (x * x);
            return gradient * (share + x * share * (Vector<T>.One - share) * inner);
        }

        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T>
        {
            T share = Exponential.Sigmoid(GeluValue.Inner(x));
            T inner = T.CreateTruncating(GeluScale) + T.CreateTruncating(3 * GeluScale * GeluCube) * (x * x);
            return gradient * (share + x * share * (T.One - share) * inner);
        }
    }

    // x·Φ(x); the same x stands for the gradient. Loops with it take 32-bit numbers alone.
    private readonly struct ExactGeluValue : IGradientRule
    {
        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x) =>
            x * NormalDistribution.Of(x).Cumulative;

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T>
        {
            var single = x.As<T, float>();
            return (single * NormalDistribution.Of(single).Cumulative).As<float, T>();
        }

        // As all others, so that a number's function does not depend on where it stands.
        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T> => Of(default, new Vector<T>(x), default)[0];
    }

    // Φ(x) + x·Φ'(x).
    private readonly struct ExactGeluSlope : IGradientRule
    {
        public static string? Kernel => "gradient * gelu_slope(result)";

        public static bool IsLong => true;

        public static Vector512<float> Of(Vector512<float> gradient, Vector512<float> x)
        {
            var (cumulative, density) = NormalDistribution.Of(x);
            return gradient * Vector512.MultiplyAddEstimate(x, density, cumulative);
        }

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> x, Vector<T> number)
            where T : unmanaged, INumber<T>
        {
            var single = x.As<T, float>();
            var (cumulative, density) = NormalDistribution.Of(single);
            return gradient * Vector.MultiplyAddEstimate(single, density, cumulative).As<float, T>();
        }

        public static T Of<T>(T gradient, T x, T number)
            where T : unmanaged, INumber<T> => Of(new Vector<T>(gradient), new Vector<T>(x), default)[0];
    }

    private static Vector<T> Repeated<T>(double number)
        where T : unmanaged, INumber<T> => new(T.CreateTruncating(number));

    private readonly struct SigmoidSlope : IGradientRule
    {
        public static string? Kernel => "gradient * ((1.0f - result) * result)";

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
            where T : unmanaged, INumber<T> => gradient * ((Vector<T>.One - result) * result);

        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, INumber<T> => gradient * ((T.One - result) * result);
    }

    private readonly struct TanhSlope : IGradientRule
    {
        public static string? Kernel => "gradient * (1.0f - result * result)";

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
            where T : unmanaged, INumber<T> => gradient * (Vector<T>.One - result * result);

        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, INumber<T> => gradient * (T.One - result * result);
    }
}
