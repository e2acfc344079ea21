using System.Globalization;

namespace Dsl.Generator.Graph;

/// <summary>A number that operations take beside tensors: a constant, or one that generated code computes on the host.</summary>
internal abstract record Scalar
{
    /// <summary>The number as a C# expression of type double.</summary>
    public abstract string Code { get; }

    public static implicit operator Scalar(double value) => new Constant(value);

    public static Scalar operator *(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (Constant x, Constant y) => new Constant(x.Value * y.Value),
        _ => new Expression($"{Factor(a)} * {Factor(b)}"),
    };

    public static Scalar operator /(Scalar a, Scalar b) => b is Constant { Value: 1 } ? a : new Expression($"{Factor(a)} / {Factor(b, divisor: true)}");

    public static Scalar operator -(Scalar a, Scalar b) => (a, b) switch
    {
        (_, Constant { Value: 0 }) => a,
        (Constant x, Constant y) => new Constant(x.Value - y.Value),
        _ => new Expression($"{a.Code} - {Factor(b)}"),
    };

    public static Scalar operator -(Scalar a) => a is Constant c ? new Constant(-c.Value) : new Expression($"-{Factor(a)}");

    private static string Factor(Scalar scalar, bool divisor = false) =>
        scalar is Expression && (divisor || scalar.Code.Contains(" ")) ? $"({scalar.Code})" : scalar.Code;

    public sealed override string ToString() => Code;

    public sealed record Constant(double Value) : Scalar
    {
        public override string Code => Literal(Value);
    }

    /// <summary>A member or local of the generated code.</summary>
    public sealed record Named(string Name) : Scalar
    {
        public override string Code => Name;
    }

    public sealed record Expression(string Text) : Scalar
    {
        public override string Code => Text;
    }

    /// <summary>A double as C# writes it, shortest form that reads back the same.</summary>
    public static string Literal(double value)
    {
        if (double.IsPositiveInfinity(value)) return "double.PositiveInfinity";
        if (double.IsNegativeInfinity(value)) return "double.NegativeInfinity";
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        string shorter = value.ToString("G15", CultureInfo.InvariantCulture);
        if (double.Parse(shorter, CultureInfo.InvariantCulture) == value) text = shorter;
        return text.Replace("E-0", "e-").Replace("E+", "e").Replace("E", "e");
    }
}
