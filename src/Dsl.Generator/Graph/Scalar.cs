using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph;

/// <summary>A number that operations take beside tensors, as a tree: a constant, or one that generated code computes on the
/// host.</summary>
internal abstract record Scalar
{
    // How tightly an expression of C# holds together.
    private const int Additive = 1, Multiplicative = 2, Unary = 3, Primary = 4;

    /// <summary>The number as a C# expression of type double.</summary>
    public string Code => Print();

    /// <summary>The symbols whose sizes the number depends on.</summary>
    public virtual IEnumerable<string> Symbols => [];

    private protected virtual int Precedence => Primary;

    public static implicit operator Scalar(double value) => new Constant(value);

    public static Scalar operator +(Scalar a, Scalar b) => (a, b) switch
    {
        (_, Constant { Value: 0 }) => a,
        (Constant { Value: 0 }, _) => b,
        (Constant x, Constant y) => new Constant(x.Value + y.Value),
        _ => new Binary('+', a, b),
    };

    public static Scalar operator *(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (Constant x, Constant y) => new Constant(x.Value * y.Value),
        _ => new Binary('*', a, b),
    };

    public static Scalar operator /(Scalar a, Scalar b) => b is Constant { Value: 1 } ? a : new Binary('/', a, b);

    public static Scalar operator -(Scalar a, Scalar b) => (a, b) switch
    {
        (_, Constant { Value: 0 }) => a,
        (Constant x, Constant y) => new Constant(x.Value - y.Value),
        (_, Binary { Operator: '-' } rest) when rest.Left == a => rest.Right,
        _ => new Binary('-', a, b),
    };

    public static Scalar operator -(Scalar a) => a is Constant c ? new Constant(-c.Value) : new Negative(a);

    /// <summary>A size, with symbolic parts read from the locals that generated code keeps them in.</summary>
    public static Scalar Of(Dim size) => size.Terms.Aggregate(
        size.IsKnown || size.Constant != 0 ? (Scalar)size.Constant : 0.0, (sum, term) =>
            sum + ((Scalar)term.Factor * new Size(term.Symbol)));

    /// <summary>The number of elements of a tensor.</summary>
    public static Scalar Count(Shape shape)
    {
        Dim known = 1L;
        Scalar? symbolic = null;
        foreach (var dim in shape.Dims)
        {
            if (dim.IsKnown) known *= dim;
            else if (dim.Symbol is not null && dim.Factor > 1)
                (known, symbolic) = (known * dim.Factor, Times(symbolic, Of(Dim.Batch(dim.Symbol))));
            else symbolic = Times(symbolic, Of(dim));
        }

        return symbolic is null ? Of(known) : Of(known) * symbolic;

        static Scalar Times(Scalar? a, Scalar b) => a is null ? b : a * b;
    }

    public sealed override string ToString() => Code;

    private protected abstract string Print();

    private string Within(int precedence) => Precedence < precedence ? $"({Print()})" : Print();

    public sealed record Constant(double Value) : Scalar
    {
        private protected override int Precedence => Value < 0 ? Unary : Primary;

        private protected override string Print() => Literal(Value);
    }

    /// <summary>A member or local of the generated code.</summary>
    public sealed record Named(string Name) : Scalar
    {
        private protected override string Print() => Name;
    }

    /// <summary>A function of the present step, a method of the generated trainer.</summary>
    public sealed record AtStep(string Function) : Scalar
    {
        private protected override string Print() => $"{Function}(StepCount)";
    }

    /// <summary>A function of the runtime.</summary>
    public sealed record Call(string Function, EquatableArray<Scalar> Arguments) : Scalar, IEquatable<Call>
    {
        public override IEnumerable<string> Symbols => Arguments.SelectMany(argument => argument.Symbols);

        private protected override string Print() =>
            $"{Function}({string.Join(", ", Arguments.Select(argument => argument.Print()))})";
    }

    /// <summary>A symbolic size: the local <c>n</c> for N.</summary>
    public sealed record Size(string Symbol) : Scalar
    {
        public override IEnumerable<string> Symbols => [Symbol];

        /// <summary>The local variable that holds it.</summary>
        public static string Local(string symbol) => symbol.ToLowerInvariant();

        private protected override string Print() => Local(Symbol);
    }

    public sealed record Negative(Scalar Number) : Scalar
    {
        public override IEnumerable<string> Symbols => Number.Symbols;

        private protected override int Precedence => Unary;

        private protected override string Print() => $"-{Number.Within(Unary)}";
    }

    public sealed record Binary(char Operator, Scalar Left, Scalar Right) : Scalar
    {
        public override IEnumerable<string> Symbols => Left.Symbols.Concat(Right.Symbols);

        private protected override int Precedence => Operator is '+' or '-' ? Additive : Multiplicative;

        // The right operand of an operator that is no sum or product of its kind is held together: a − (b − c). Sizes are
        // integers to C#, and so would be a quotient of a whole number by one.
        private protected override string Print() =>
            $"{Left.Within(Precedence)}{(IsOfIntegers ? ".0" : "")} {Operator} {Right.Within(Precedence + 1)}";

        private bool IsOfIntegers => Operator == '/' && Right.Symbols.Any()
            && Left is Constant { Value: var value } && value == Math.Floor(value) && Math.Abs(value) < 1e6;
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
