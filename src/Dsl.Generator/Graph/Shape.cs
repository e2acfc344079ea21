using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph;

/// <summary>A symbol in a size, and how often it counts.</summary>
internal readonly record struct SizeTerm(string Symbol, long Factor);

/// <summary>
/// A size: a number known at compile time, or a sum of multiples of symbols such as the batch size N: N + U·2.
/// </summary>
internal readonly record struct Dim
{
    private Dim(EquatableArray<SizeTerm> terms, long constant)
    {
        Terms = terms;
        Constant = constant;
    }

    /// <summary>The symbols, in the order of the alphabet; none for a known size.</summary>
    public EquatableArray<SizeTerm> Terms { get; }

    /// <summary>What is known of the size.</summary>
    public long Constant { get; }

    public bool IsKnown => Terms.Count == 0;

    /// <summary>The symbol that the size is a multiple of; null for a known size and for a sum.</summary>
    public string? Symbol => Terms.Count == 1 && Constant == 0 ? Terms[0].Symbol : null;

    /// <summary>A known size, or how often the symbol counts; 1 for a sum.</summary>
    public long Factor => IsKnown ? Constant : Symbol is null ? 1 : Terms[0].Factor;

    public static implicit operator Dim(long size) => new(default(EquatableArray<SizeTerm>), size);

    public static Dim Batch(string symbol) => Of(symbol, 1);

    public static Dim Of(string? symbol, long factor) =>
        symbol is null ? (Dim)factor : new Dim(new EquatableArray<SizeTerm>([new SizeTerm(symbol, factor)]), 0);

    public static Dim operator +(Dim a, Dim b) => new(
        new EquatableArray<SizeTerm>(a.Terms.Concat(b.Terms)
            .GroupBy(term => term.Symbol, StringComparer.Ordinal)
            .Select(group => new SizeTerm(group.Key, group.Sum(term => term.Factor)))
            .OrderBy(term => term.Symbol, StringComparer.Ordinal)),
        a.Constant + b.Constant);

    public static Dim operator *(Dim a, Dim b) => (a.IsKnown, b.IsKnown) switch
    {
        (true, _) => b.Times(a.Constant),
        (_, true) => a.Times(b.Constant),
        _ => throw new InvalidOperationException($"the product of the symbolic dimensions {a} and {b} has no form"),
    };

    /// <summary>The size with another in place of a symbol.</summary>
    public Dim With(string symbol, Dim size) => Terms.Aggregate(
        (Dim)Constant, (sum, term) => sum + (term.Symbol == symbol ? size.Times(term.Factor) : Of(term.Symbol, term.Factor)));

    /// <summary>The size in C#.</summary>
    /// <param name="symbol">What stands for a symbol.</param>
    public string Code(Func<string, string> symbol)
    {
        IEnumerable<string> terms = Terms.Select(term =>
            term.Factor == 1 ? symbol(term.Symbol) : $"{term.Factor} * {symbol(term.Symbol)}");
        return string.Join(" + ", Constant != 0 || IsKnown ? terms.Append(Constant.ToString()) : terms);
    }

    public override string ToString() => Symbol is null && !IsKnown
        ? $"({string.Join(" + ", Terms.Select(Show))}{(Constant == 0 ? "" : $" + {Constant}")})"
        : IsKnown ? Constant.ToString() : Show(Terms[0]);

    private static string Show(SizeTerm term) => term.Factor == 1 ? term.Symbol : $"{term.Symbol}·{term.Factor}";

    private Dim Times(long factor) => factor == 1 ? this
        : new(new EquatableArray<SizeTerm>(Terms.Select(term => term with { Factor = term.Factor * factor })), Constant * factor);
}

/// <summary>The sizes of a tensor, outermost first.</summary>
internal readonly record struct Shape(EquatableArray<Dim> Dims)
{
    public static readonly Shape Scalar = Of();

    public int Rank => Dims.Count;

    public Dim this[int index] => Dims[index < 0 ? Rank + index : index];

    /// <summary>Number of elements; for a symbolic shape, with the symbol as one sample.</summary>
    public long ElementsPerSample => Dims.Aggregate(1L, (product, dim) => product * dim.Factor);

    public static Shape Of(params Dim[] dims) => new(new EquatableArray<Dim>(dims));

    public Shape With(int index, Dim size)
    {
        int target = index < 0 ? Rank + index : index;
        return Map((dim, i) => i == target ? size : dim);
    }

    public Shape Map(Func<Dim, int, Dim> size) => new(new EquatableArray<Dim>(Dims.Select(size)));

    public Shape Without(int index) => new(new EquatableArray<Dim>(Dims.Where((_, i) => i != index)));

    /// <summary>The shape that arithmetic on two tensors gives, by NumPy's rule.</summary>
    public static Shape Broadcast(Shape a, Shape b)
    {
        var dims = new List<Dim>();
        for (int i = Math.Max(a.Rank, b.Rank); i >= 1; i--)
        {
            Dim left = i <= a.Rank ? a[-i] : 1, right = i <= b.Rank ? b[-i] : 1;
            dims.Add(left == right || right == 1L ? left : left == 1L ? right
                : throw new InvalidOperationException($"{a} and {b} do not broadcast"));
        }

        return new(new EquatableArray<Dim>(dims));
    }

    public override string ToString() => $"[{string.Join(", ", Dims)}]";
}

/// <summary>What a tensor's elements are. Floating values take the network's precision.</summary>
internal enum ElementType
{
    Float,
    Int64,
    Bool,

    /// <summary>Floating values of 16 bits, whatever the network's precision.</summary>
    BFloat16,
}

/// <summary>Shape and element type of a value.</summary>
internal readonly record struct TensorType(Shape Shape, ElementType Element = ElementType.Float)
{
    public override string ToString() => Element switch
    {
        ElementType.Float => Shape.ToString(),
        ElementType.BFloat16 => $"{Shape} bfloat16",
        _ => $"{Shape} integers",
    };
}
