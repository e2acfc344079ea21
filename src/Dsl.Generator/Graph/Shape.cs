using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph;

/// <summary>A dimension: a number known at compile time, or a multiple of a symbol such as the batch size N.</summary>
internal readonly record struct Dim(string? Symbol, long Factor)
{
    public bool IsKnown => Symbol is null;

    public static implicit operator Dim(long size) => new(null, size);

    public static Dim Batch(string symbol) => new(symbol, 1);

    public static Dim operator *(Dim a, Dim b) => a.Symbol is not null && b.Symbol is not null
        ? throw new InvalidOperationException($"the product of the symbolic dimensions {a} and {b} has no form")
        : new(a.Symbol ?? b.Symbol, a.Factor * b.Factor);

    public override string ToString() => Symbol is null ? Factor.ToString() : Factor == 1 ? Symbol : $"{Symbol}·{Factor}";
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
}

/// <summary>Shape and element type of a value.</summary>
internal readonly record struct TensorType(Shape Shape, ElementType Element = ElementType.Float);
