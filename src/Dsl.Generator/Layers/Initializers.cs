using System;
using System.Globalization;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

/// <summary>What an initialiser with its settings means for a parameter of a given shape.</summary>
internal static class Initializers
{
    /// <summary>Whether the initialiser counts connections, or arranges them, and so needs two dimensions.</summary>
    public static bool NeedsFan(Initializer initializer) => initializer is Initializer.KaimingUniform or Initializer.KaimingNormal
        or Initializer.XavierUniform or Initializer.XavierNormal or Initializer.Orthogonal;

    /// <summary>Whether the initialiser reads an argument of <c>[Init]</c>.</summary>
    public static bool Reads(Initializer initializer, string argument, InitAttribute rule) => argument switch
    {
        nameof(InitAttribute.Fan) or nameof(InitAttribute.Nonlinearity) => IsKaiming(initializer),
        nameof(InitAttribute.Slope) => IsKaiming(initializer) && rule.Nonlinearity == Nonlinearity.LeakyReLU,
        nameof(InitAttribute.Gain) =>
            initializer is Initializer.XavierUniform or Initializer.XavierNormal or Initializer.Orthogonal,
        nameof(InitAttribute.Std) => initializer is Initializer.Normal or Initializer.TruncatedNormal,
        nameof(InitAttribute.Bound) => initializer == Initializer.Uniform,
        nameof(InitAttribute.Value) => initializer == Initializer.Constant,
        nameof(InitAttribute.Residuals) => initializer is not (Initializer.Unchanged or Initializer.Zero or Initializer.Constant),
        _ => true,
    };

    /// <summary>The initialisation; null when the initialiser needs more dimensions than the shape has.</summary>
    public static Initialization? Of(Initializer initializer, InitAttribute rule, Shape shape)
    {
        if (NeedsFan(initializer) && Fan.Of(shape) is null) return null;
        double share = 1 / Math.Sqrt(rule.Residuals);
        string residuals = rule.Residuals == 1 ? ""
            : $"1/sqrt({rule.Residuals.ToString(CultureInfo.InvariantCulture)} residuals)";
        return initializer switch
        {
            Initializer.KaimingNormal => Kaiming(rule, shape) is var (std, origin)
                ? new Initialization.Normal(std * share, With(origin, residuals)) : null,
            Initializer.KaimingUniform => Kaiming(rule, shape) is var (std, origin)
                ? new Initialization.Uniform(Math.Sqrt(3) * std * share, With($"sqrt(3) * {origin}", residuals)) : null,
            Initializer.XavierNormal => new Initialization.Normal(
                rule.Gain * Math.Sqrt(2) * Xavier(shape) * share, With(Xavier(rule, shape, 2), residuals)),
            Initializer.XavierUniform => new Initialization.Uniform(
                rule.Gain * Math.Sqrt(6) * Xavier(shape) * share, With(Xavier(rule, shape, 6), residuals)),
            Initializer.Orthogonal => new Initialization.Orthogonal(rule.Gain * share, residuals),
            Initializer.TruncatedNormal => new Initialization.TruncatedNormal(rule.Std * share, Scaled(rule.Std, residuals)),
            Initializer.Normal => new Initialization.Normal(rule.Std * share, Scaled(rule.Std, residuals)),
            Initializer.Uniform => new Initialization.Uniform(rule.Bound * share, Scaled(rule.Bound, residuals)),
            Initializer.Zero => new Initialization.Constant(0),
            Initializer.Constant => new Initialization.Constant(rule.Value),
            _ => throw new InvalidOperationException($"{initializer} initialises nothing"),
        };
    }

    /// <summary>By how much values grow so that their variance survives what follows.</summary>
    public static double Gain(Nonlinearity nonlinearity, double slope) => nonlinearity switch
    {
        Nonlinearity.ReLU => Math.Sqrt(2),
        Nonlinearity.LeakyReLU => Math.Sqrt(2 / (1 + slope * slope)),
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.SELU => 3.0 / 4,
        _ => 1,
    };

    private static bool IsKaiming(Initializer initializer) =>
        initializer is Initializer.KaimingUniform or Initializer.KaimingNormal;

    private static (double Deviation, string Origin) Kaiming(InitAttribute rule, Shape shape)
    {
        Fan fan = Fan.Of(shape)!.Value;
        (long count, string name) = rule.Fan == FanMode.In ? (fan.In, "fan_in") : (fan.Out, "fan_out");
        double gain = Gain(rule.Nonlinearity, rule.Slope);
        return (gain / Math.Sqrt(count), $"gain {Short(gain)} / sqrt({name} = {count.ToString(CultureInfo.InvariantCulture)})");
    }

    private static double Xavier(Shape shape)
    {
        Fan fan = Fan.Of(shape)!.Value;
        return 1 / Math.Sqrt(fan.In + fan.Out);
    }

    private static string Xavier(InitAttribute rule, Shape shape, int factor)
    {
        Fan fan = Fan.Of(shape)!.Value;
        return FormattableString.Invariant(
            $"gain {Short(rule.Gain)} * sqrt({factor} / (fan_in + fan_out = {fan.In} + {fan.Out}))");
    }

    private static string Scaled(double number, string residuals) =>
        residuals.Length == 0 ? "" : $"{Scalar.Literal(number)} * {residuals}";

    private static string With(string origin, string residuals) => residuals.Length == 0 ? origin : $"{origin} * {residuals}";

    private static string Short(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
