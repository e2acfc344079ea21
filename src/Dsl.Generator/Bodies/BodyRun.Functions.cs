using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Bodies;

/// <summary>Functions of the tensor library: element by element, over dimensions.</summary>
internal abstract partial class BodyRun
{
    private static readonly IReadOnlyDictionary<string, Operation> Elementwise = new Dictionary<string, Operation>
    {
        ["abs"] = new Absolute(),
        ["exp"] = new Exponential(),
        ["expm1"] = new ExponentialMinusOne(),
        ["gelu"] = new GELU(false),
        ["hardswish"] = new HardSwish(),
        ["log"] = new Logarithm(),
        ["mish"] = new Mish(),
        ["neg"] = new Scale(-1),
        ["reciprocal"] = new Reciprocal(),
        ["relu"] = new ReLU(),
        ["rsqrt"] = new InverseRoot(),
        ["sigmoid"] = new Sigmoid(),
        ["silu"] = new SiLU(),
        ["sqrt"] = new SquareRoot(),
        ["square"] = new Square(),
        ["tanh"] = new Tanh(),
    };

    private Operand? Apply(Expression.Function call, IReadOnlyList<Operand> given)
    {
        if (given.Count == 0) return Unknown(call);

        // Arguments that were left out say nothing.
        int written = given.Count;
        while (written > 0 && given[written - 1] is (Operand.Nothing or Operand.Number { Value: false })) written--;
        var rest = given.Take(written).Skip(1).ToList();
        if (given[0] is Operand.List list && call.Name is ("cat" or "concat" or "stack")) return Join(call, list, rest);
        if (call.Name == "where" && Where(given) is { } chosen) return Select(call, chosen.Mask, chosen.Holds, chosen.Fails);
        if (given[0] is not Operand.Tensor { Value: var x }) return Unknown(call);
        if (call.Name == "size") return Size(call, x, rest);
        if (call.Name == "alias" && rest.Count == 0) return given[0];
        if (Arrange(call, x, rest, out bool arranges) is var arranged && arranges) return arranged;
        if (!IsReal(x)) return Leave(call.Site, $"{call.Name} of integers");
        if (rest.Count == 0 && Elementwise.TryGetValue(call.Name, out var operation))
            return Add(operation, call.Name, call.Site, call.Name, x);
        double[] numbers = Numbers(rest);
        return call.Name switch
        {
            "softmax" or "log_softmax" when rest.Count == 1 => Softmax(call, x, rest[0]),
            "bmm" or "matmul" when rest.Count == 1 && rest[0] is Operand.Tensor { Value: var other } => Product(call, x, other),
            "mean" or "sum" => Reduce(call, x, rest),
            "maximum" when rest.Count == 1 && rest[0] is Operand.Tensor { Value: var other } && IsReal(other) =>
                Together(call.Site, new Maximum(), call.Name, "maximum", x, other),
            "minimum" when rest.Count == 1 && rest[0] is Operand.Tensor { Value: var other } && IsReal(other) =>
                Together(call.Site, new Minimum(), call.Name, "minimum", x, other),
            "gt" or "ge" or "lt" or "le" or "eq" or "ne" when rest.Count == 1 => Compare(call.Site, call.Name, x, rest[0]),
            "clamp" or "clip" when rest.Count is 1 or 2 && Bounds(rest) is { } bounds =>
                Add(new Clamp(bounds.Least, bounds.Most), call.Name, call.Site, "clamped", x),
            "clamp_min" when numbers.Length == 1 =>
                Add(new Clamp(numbers[0], double.PositiveInfinity), call.Name, call.Site, "clamped", x),
            "clamp_max" when numbers.Length == 1 =>
                Add(new Clamp(double.NegativeInfinity, numbers[0]), call.Name, call.Site, "clamped", x),
            "pow" when numbers.Length == 1 && numbers[0] == 2 => Add(new Square(), "pow(2)", call.Site, "square", x),
            "pow" when numbers.Length == 1 =>
                Add(new Power(numbers[0]), $"pow({Scalar.Literal(numbers[0])})", call.Site, "power", x),
            "leaky_relu" when numbers.Length == 1 && numbers[0] >= 0 =>
                Add(new LeakyReLU(numbers[0]), call.Name, call.Site, "leakyRelu", x),
            "elu" when numbers.Length == 1 => Add(new ELU(numbers[0]), call.Name, call.Site, "elu", x),
            "softplus" when numbers.Length == 2 => Add(new Softplus(numbers[0], numbers[1]), call.Name, call.Site, "softplus", x),
            _ => Unknown(call),
        };
    }

    // As a function of three, or as the method of the tensor that stands where the comparison holds.
    private static (Operand.Mask Mask, Value Holds, Value Fails)? Where(IReadOnlyList<Operand> given) =>
        given.Count != 3 ? null
        : (given[0], given[1], given[2]) switch
        {
            (Operand.Mask mask, Operand.Tensor holds, Operand.Tensor fails) => (mask, holds.Value, fails.Value),
            (Operand.Tensor holds, Operand.Mask mask, Operand.Tensor fails) => (mask, holds.Value, fails.Value),
            _ => null,
        };

    private static (double Least, double Most)? Bounds(List<Operand> rest)
    {
        double? least = Bound(rest[0], double.NegativeInfinity), most = rest.Count == 1 ? double.PositiveInfinity
            : Bound(rest[1], double.PositiveInfinity);
        return least is { } low && most is { } high ? (low, high) : null;

        static double? Bound(Operand operand, double none) => operand switch
        {
            Operand.Nothing => none,
            Operand.Number number => HostArithmetic.Finite(number.Value),
            _ => null,
        };
    }

    private Operand? Unknown(Expression.Function call) => Leave(call.Site, $"{call.Name}(...)");

    private Operand? Size(Expression.Function call, Value x, List<Operand> rest)
    {
        if (rest.Count != 1 || rest[0] is not Operand.Number { Value: int or long } number) return Unknown(call);
        long declared = System.Convert.ToInt64(number.Value, System.Globalization.CultureInfo.InvariantCulture);
        if (declared < -x.Shape.Rank || declared >= x.Shape.Rank) return NoDimension(call, x, declared);
        Dim size = x.Shape[(int)declared];
        return size.IsKnown ? new Operand.Number(size.Factor) : new Operand.Size(size);
    }

    private Operand? Softmax(Expression.Function call, Value x, Operand dimension)
    {
        if (Dimension(call, x, dimension) is not { } index) return null;
        Operation operation = call.Name == "softmax" ? new Softmax(index - x.Shape.Rank) : new LogSoftmax(index - x.Shape.Rank);
        return Add(
            operation, $"{call.Name}({Spelling.Join(index)})", call.Site, call.Name == "softmax" ? "softmax" : "logSoftmax", x);
    }

    private Operand? Product(Expression.Function call, Value a, Value b)
    {
        if (a.Shape.Rank != 3 || b.Shape.Rank != 3 || !IsReal(b))
            return Leave(call.Site, $"{call.Name} of something else than [N, n, k] and [N, k, m]");
        if (a.Shape[0] == b.Shape[0] && a.Shape[2] == b.Shape[1])
            return Add(new BatchedProduct(), call.Name, call.Site, "product", a, b);
        string shapes = $"{a.Shape} from {Producers[a].Name} and {b.Shape} from {Producers[b].Name}";
        return Fail(call.Site, call.Name, $"{shapes} are not [N, n, k] and [N, k, m]", Producers[b].Site);
    }

    private Operand? Reduce(Expression.Function call, Value x, List<Operand> rest)
    {
        bool keep = rest.Count > 0 && rest[rest.Count - 1] is Operand.Number { Value: true };
        var dimensions = rest.Take(rest.Count - (keep ? 1 : 0))
            .SelectMany(operand => operand is Operand.List list ? list.Items : [operand]).ToList();
        if (dimensions.Count == 0) return ReduceAll(call, x);
        var indices = new SortedSet<int>();
        foreach (var dimension in dimensions)
        {
            if (Dimension(call, x, dimension) is not { } index) return null;
            if (!indices.Add(index)) return Fail(call.Site, call.Name, $"dimension {index} stands twice");
        }

        var all = new EquatableArray<int>(indices);
        Operation operation = call.Name == "mean" ? new MeanOver(all, keep) : new SumOver(all, keep);
        return Add(operation, $"{call.Name}({string.Join(", ", indices)})", call.Site, call.Name, x);
    }

    /// <summary>A dimension counted from the front; null when it does not exist or is the batch.</summary>
    private int? Dimension(Expression.Function call, Value x, Operand operand)
    {
        if (operand is not Operand.Number { Value: int or long } number)
        {
            Unknown(call);
            return null;
        }

        long declared = System.Convert.ToInt64(number.Value, System.Globalization.CultureInfo.InvariantCulture);
        if (declared < -x.Shape.Rank || declared >= x.Shape.Rank)
        {
            NoDimension(call, x, declared);
            return null;
        }

        int index = (int)(declared < 0 ? declared + x.Shape.Rank : declared);
        if (index > 0) return index;
        Leave(call.Site, $"{call.Name} over the batch, dimension 0");
        return null;
    }

    private Operand? NoDimension(Expression.Function call, Value x, long declared) => Fail(call.Site, call.Name,
        $"{x.Shape} from {Producers[x].Name} has no dimension {Spelling.Join(declared)}: it has {x.Shape.Rank}",
        Producers[x].Site);

    /// <summary>The operands as numbers; empty when one is none.</summary>
    private static double[] Numbers(IReadOnlyList<Operand> operands)
    {
        var numbers = operands.Select(operand => operand is Operand.Number number ? HostArithmetic.Finite(number.Value) : null)
            .ToList();
        return numbers.All(number => number is not null) ? numbers.Select(number => number!.Value).ToArray() : [];
    }
}
