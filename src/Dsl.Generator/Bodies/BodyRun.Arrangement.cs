using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Bodies;

/// <summary>Functions of the tensor library that move elements: other shapes, other orders, several tensors in one.</summary>
internal abstract partial class BodyRun
{
    private Operand? Arrange(Expression.Function call, Value x, List<Operand> rest, out bool arranges)
    {
        arranges = call.Name is
            "reshape" or "view" or "flatten" or "permute" or "transpose" or "unsqueeze" or "squeeze" or "narrow" or "select"
            or Expression.Index;
        return call.Name switch
        {
            "reshape" or "view" => Reshape(call, x, Items(rest)),
            "flatten" => Flatten(call, x, rest),
            "permute" => Permute(call, x, Items(rest)),
            "transpose" => Transpose(call, x, rest),
            "unsqueeze" when rest.Count == 1 => Unsqueeze(call, x, rest[0]),
            "squeeze" when rest.Count == 1 => Squeeze(call, x, rest[0]),
            "narrow" when rest.Count == 3 => Narrow(call, x, rest),
            "select" when rest.Count == 2 => Element(call, x, rest[0], rest[1]),
            Expression.Index => Index(call, x, rest),
            _ => arranges ? Unknown(call) : null,
        };
    }

    /// <summary>Arguments given as an array, or one by one.</summary>
    private static IReadOnlyList<Operand> Items(List<Operand> rest) =>
        rest.Count == 1 && rest[0] is Operand.List list ? list.Items : rest;

    private Operand? Reshape(Expression.Function call, Value x, IReadOnlyList<Operand> sizes)
    {
        var dims = new List<Dim>();
        int open = -1;
        foreach (var size in sizes)
        {
            Dim? dim = size is Operand.Size batch ? batch.Dim
                : size is Operand.Number { Value: int or long } number
                    ? System.Convert.ToInt64(number.Value, System.Globalization.CultureInfo.InvariantCulture) : null;
            if (dim is not { } known) return Unknown(call);
            if (known == -1L && open >= 0) return Fail(call.Site, call.Name, "only one size may be -1");
            if (known.Factor is 0 or < -1 or > int.MaxValue) return Fail(call.Site, call.Name, $"{known} is no size");
            if (known == -1L) open = dims.Count;
            dims.Add(known);
        }

        // Sizes as they are known: a number, times the number of samples where it stands among them.
        long elements = x.Shape.ElementsPerSample, given = 1;
        foreach (var dim in dims.Where((_, i) => i != open))
        {
            given = unchecked(given * dim.Factor);
            if (given <= 0 || given > elements) return DoesNotFit(call, x, dims, open);
        }

        var symbols = x.Shape.Dims.Where(dim => !dim.IsKnown).Select(dim => dim.Symbol).ToList();
        var named = dims.Where(dim => !dim.IsKnown).Select(dim => dim.Symbol).ToList();
        if (symbols.Count > 1 || named.Count > symbols.Count || named.Any(symbol => symbol != symbols[0]))
            return Leave(call.Site, $"{call.Name} with several unknown sizes");
        if (open < 0 && named.Count < symbols.Count) return Leave(call.Site, $"{call.Name} to a fixed number of samples");
        if (open < 0 ? given != elements : elements % given != 0) return DoesNotFit(call, x, dims, open);
        if (open >= 0) dims[open] = Dim.Of(named.Count < symbols.Count ? symbols[0] : null, elements / given);
        Shape shape = Shape.Of(dims.ToArray());
        return Add(new Reshape(shape), $"{call.Name}({string.Join(", ", dims)})", call.Site, call.Name == "view" ? "view"
            : "reshaped", x);
    }

    private Operand? DoesNotFit(Expression.Function call, Value x, List<Dim> dims, int open)
    {
        string sizes = string.Join(", ", dims.Select((dim, i) => i == open ? "-1" : dim.ToString()));
        string elements = $"the {x.Shape.ElementsPerSample} elements of {x.Shape} from {Producers[x].Name}";
        return Fail(call.Site, call.Name, $"{elements} do not fit [{sizes}]", Producers[x].Site);
    }

    private Operand? Flatten(Expression.Function call, Value x, List<Operand> rest)
    {
        // A start that was left out is there as 0.
        int rank = x.Shape.Rank;
        var range = Numbers(rest).Select(dimension => dimension < 0 ? dimension + rank : dimension).ToList();
        if (range.Count is 0 or > 2 || rank < 2) return Unknown(call);
        double start = range[0], end = range.Count < 2 ? rank - 1 : range[1];
        if (start == 0) return Leave(call.Site, $"{call.Name} from dimension 0, the batch");
        if (start < 0 || start > end || end >= rank)
            return Fail(call.Site, call.Name, $"{x.Shape} from {Producers[x].Name} has no dimensions from {start} to {end}",
                Producers[x].Site);
        if (start == end) return new Operand.Tensor(x);
        var joined = x.Shape.Dims.Skip((int)start).Take((int)(end - start) + 1).ToList();
        if (joined.Any(dim => !dim.IsKnown)) return Leave(call.Site, $"{call.Name} of an unknown size");
        if (start == 1 && end == rank - 1) return Add(new Flatten(), "flatten", call.Site, "flat", x);
        Dim size = joined.Aggregate((Dim)1L, (product, dim) => product * dim);
        var dims = x.Shape.Dims.Take((int)start).Append(size).Concat(x.Shape.Dims.Skip((int)end + 1));
        return Add(new Reshape(Shape.Of(dims.ToArray())), "flatten", call.Site, "flat", x);
    }

    private Operand? Permute(Expression.Function call, Value x, IReadOnlyList<Operand> rest)
    {
        var given = Numbers(rest).Select(dimension => dimension < 0 ? dimension + x.Shape.Rank : dimension).ToList();
        if (given.Count != rest.Count) return Unknown(call);
        if (!given.OrderBy(dimension => dimension)
            .SequenceEqual(Enumerable.Range(0, x.Shape.Rank).Select(dimension => (double)dimension)))
        {
            string dimensions = $"{x.Shape} from {Producers[x].Name} has the dimensions 0 to {x.Shape.Rank - 1}";
            return Fail(call.Site, call.Name, $"{dimensions}, and each must stand once", Producers[x].Site);
        }

        return Order(call, x, given.Select(dimension => (long)dimension).ToArray());
    }

    private Operand? Transpose(Expression.Function call, Value x, List<Operand> rest)
    {
        if (rest.Count != 2) return Unknown(call);
        if (Dimension(call, x, rest[0]) is not { } first || Dimension(call, x, rest[1]) is not { } second) return null;
        var order = Enumerable.Range(0, x.Shape.Rank).Select(dimension => (long)dimension).ToArray();
        (order[first], order[second]) = (second, first);
        return Order(call, x, order);
    }

    private Operand? Order(Expression.Function call, Value x, long[] order) => order[0] != 0
        ? Leave(call.Site, $"{call.Name} of dimension 0, the batch")
        : Add(new Permute(new EquatableArray<long>(order)), $"{call.Name}({Spelling.Join(order)})", call.Site, "permuted", x);

    private Operand? Unsqueeze(Expression.Function call, Value x, Operand operand)
    {
        double[] numbers = Numbers([operand]);
        if (numbers.Length != 1) return Unknown(call);
        double declared = numbers[0];
        double index = declared < 0 ? declared + x.Shape.Rank + 1 : declared;
        if (index == 0) return Leave(call.Site, $"{call.Name} before the batch");
        return index < 0 || index > x.Shape.Rank ? NoDimension(call, x, (long)declared)
            : Add(new Unsqueeze((int)index), $"unsqueeze({index})", call.Site, "unsqueezed", x);
    }

    private Operand? Squeeze(Expression.Function call, Value x, Operand operand)
    {
        if (Dimension(call, x, operand) is not { } index) return null;
        return x.Shape[index] == 1L ? Add(new Squeeze(index), $"squeeze({index})", call.Site, "squeezed", x)
            : new Operand.Tensor(x);
    }

    private Operand? Narrow(Expression.Function call, Value x, List<Operand> rest)
    {
        if (Dimension(call, x, rest[0]) is not { } index) return null;
        double[] numbers = Numbers([rest[1], rest[2]]);
        return numbers.Length == 2 ? Part(call, x, index, numbers[0], numbers[1]) : Unknown(call);
    }

    /// <summary>An element of a dimension, which goes away.</summary>
    private Operand? Element(Expression.Function call, Value x, Operand dimension, Operand place)
    {
        if (Dimension(call, x, dimension) is not { } index) return null;
        double[] numbers = Numbers([place]);
        if (numbers.Length != 1) return Unknown(call);
        double start = numbers[0] < 0 ? numbers[0] + x.Shape[index].Factor : numbers[0];
        return Part(call, x, index, start, 1) is Operand.Tensor { Value: var part }
            ? Add(new Squeeze(index), call.Name, call.Site, "element", part) : null;
    }

    private Operand? Part(Expression.Function call, Value x, int dimension, double start, double length)
    {
        if (!x.Shape[dimension].IsKnown) return Leave(call.Site, $"{call.Name} of an unknown size");
        long size = x.Shape[dimension].Factor;
        if (start >= 0 && length >= 1 && start + length <= size)
            return Add(new Slice(dimension, (long)start, (long)length), call.Name, call.Site, "part", x);
        string places = length == 1 ? $"{start}" : $"{start} to {start + length - 1}";
        return Fail(call.Site, call.Name,
            $"dimension {dimension} of {x.Shape} from {Producers[x].Name} has the places 0 to {size - 1}, not {places}",
            Producers[x].Site);
    }

    /// <summary>x[.., i]: the whole batch, then places or ranges of the other dimensions.</summary>
    private Operand? Index(Expression.Function call, Value x, List<Operand> rest)
    {
        if (rest.Count > x.Shape.Rank) return NoDimension(call, x, rest.Count - 1);
        if (rest.Count > 0 && rest[0] is not Operand.Nothing) return Leave(call.Site, "an index into the batch");
        Operand? result = new Operand.Tensor(x);
        for (int i = 1, dimension = 1; i < rest.Count; i++)
        {
            if (result is not Operand.Tensor { Value: var value }) return null;
            switch (rest[i])
            {
                case Operand.Nothing:
                    dimension++;
                    break;
                case Operand.List { Items: { Count: 2 } ends }:
                    var (first, last) = (ends[0], ends[1]);
                    double[] start = first is Operand.Nothing ? [0] : Numbers([first]);
                    double[] end = last is Operand.Nothing ? [value.Shape[dimension].Factor] : Numbers([last]);
                    if (start.Length != 1 || end.Length != 1) return Unknown(call);
                    result = Part(call, value, dimension++, start[0], end[0] - start[0]);
                    break;
                default:
                    result = Element(call, value, new Operand.Number(dimension), rest[i]);
                    break;
            }
        }

        return result;
    }

    private Operand? Join(Expression.Function call, Operand.List list, List<Operand> rest)
    {
        bool isReal = list.Items.Count > 0 && list.Items.All(item => item is Operand.Tensor tensor && IsReal(tensor.Value));
        if (!isReal || rest.Count != 1) return Unknown(call);
        var values = list.Items.Select(item => ((Operand.Tensor)item).Value).ToList();
        bool stacks = call.Name == "stack";
        if (stacks)
        {
            foreach (var value in values.Skip(1).Where(value => value.Shape != values[0].Shape))
                return Differ(call, values[0], value);
            var apart = new List<Value>();
            foreach (var value in values)
            {
                if (Unsqueeze(call, value, rest[0]) is not Operand.Tensor { Value: var one }) return null;
                apart.Add(one);
            }

            values = apart;
        }

        if (Dimension(call, values[0], rest[0]) is not { } index) return null;
        foreach (var value in values)
        {
            bool fits = value.Shape.Rank == values[0].Shape.Rank && value.Shape.With(index, 1) == values[0].Shape.With(index, 1);
            if (!fits) return Differ(call, values[0], value);
        }

        if (values.Any(value => !value.Shape[index].IsKnown)) return Leave(call.Site, $"{call.Name} along an unknown size");
        return values.Count == 1 ? new Operand.Tensor(values[0])
            : Add(new Concatenate(index), $"{call.Name}({index})", call.Site, stacks ? "stacked" : "joined", values.ToArray());
    }

    private Operand? Differ(Expression.Function call, Value first, Value other)
    {
        string shapes = $"{first.Shape} from {Producers[first].Name} and {other.Shape} from {Producers[other].Name}";
        return Fail(call.Site, call.Name, $"{shapes} differ in more than the dimension that is joined", Producers[other].Site);
    }
}
