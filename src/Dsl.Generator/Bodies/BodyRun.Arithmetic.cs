using System;
using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Bodies;

/// <summary>Operators on tensors, and on a tensor and a number.</summary>
internal abstract partial class BodyRun
{
    private static readonly IReadOnlyDictionary<string, (string Name, string Turned)> Comparisons =
        new Dictionary<string, (string, string)>
        {
            [">"] = ("gt", "lt"), [">="] = ("ge", "le"), ["<"] = ("lt", "gt"), ["<="] = ("le", "ge"), ["=="] = ("eq", "eq"),
            ["!="] = ("ne", "ne"),
        };

    private Operand? Combine(Expression.Binary binary, Operand left, Operand right) => (left, right) switch
    {
        (Operand.Tensor a, _) when Comparisons.TryGetValue(binary.Operator, out var comparison) =>
            Compare(binary.Site, comparison.Name, a.Value, right),
        (_, Operand.Tensor b) when Comparisons.TryGetValue(binary.Operator, out var comparison) =>
            Compare(binary.Site, comparison.Turned, b.Value, left),
        (Operand.Tensor a, Operand.Tensor b) => IsReal(a.Value) && IsReal(b.Value)
            ? Combine(binary, a.Value, b.Value)
            : Leave(binary.Site, $"the operator {binary.Operator} on integers"),
        (Operand.Tensor a, Operand.Number b) when IsReal(a.Value) && HostArithmetic.Finite(b.Value) is { } number =>
            WithNumber(binary.Operator, a.Value, number, binary.Site),
        (Operand.Number a, Operand.Tensor b) when IsReal(b.Value) && HostArithmetic.Finite(a.Value) is { } number =>
            WithNumberFirst(binary.Operator, number, b.Value, binary.Site),
        _ => Leave(binary.Site, $"the operator {binary.Operator} on a tensor and something that is no number"),
    };

    private Operand? Combine(Expression.Binary binary, Value a, Value b)
    {
        (Operation Operation, string Name, string Hint)? known = binary.Operator switch
        {
            "+" => (new Add(), "add", "sum"),
            "-" => (new Subtract(), "sub", "difference"),
            "*" => (new Multiply(), "mul", "product"),
            "/" => (new Divide(), "div", "quotient"),
            _ => null,
        };
        if (known is not { } operation) return Leave(binary.Site, $"the operator {binary.Operator} on tensors");
        return Together(binary.Site, operation.Operation, operation.Name, operation.Hint, a, b);
    }

    /// <summary>An operation on two tensors, element by element, that broadcasts.</summary>
    private Operand? Together(Site site, Operation operation, string name, string hint, Value a, Value b) =>
        Fit(site, name, a, b) ? Add(operation, name, site, hint, a, b) : null;

    private bool Fit(Site site, string name, Value a, Value b)
    {
        if (Mismatch(a.Shape, b.Shape) is not { } problem) return true;
        string shapes = $"{a.Shape} from {Producers[a].Name} and {b.Shape} from {Producers[b].Name}";
        Fail(site, name, $"{shapes} do not go together: {problem}", Producers[b].Site);
        return false;
    }

    private Operand? Compare(Site site, string name, Value left, Operand right)
    {
        if (!IsReal(left)) return Leave(site, "a comparison of integers");
        return right switch
        {
            Operand.Number number when HostArithmetic.Finite(number.Value) is { } bound =>
                new Operand.Mask(name, left, new Operand.Number(bound)),
            Operand.Tensor { Value: var other } when IsReal(other) =>
                Fit(site, name, left, other) ? new Operand.Mask(name, left, right) : null,
            _ => Leave(site, "a comparison of a tensor with something that is no number"),
        };
    }

    /// <summary>One of two tensors for each element.</summary>
    private Operand? Select(Expression.Function call, Operand.Mask mask, Value holds, Value fails)
    {
        if (!IsReal(holds) || !IsReal(fails)) return Leave(call.Site, $"{call.Name} of integers");
        if (!Fit(call.Site, call.Name, holds, fails) || !Fit(call.Site, call.Name, mask.Left, holds)) return null;
        double? number = mask.Right is Operand.Number { Value: double bound } ? bound : null;
        Value[] compared = mask.Right is Operand.Tensor { Value: var other } ? [mask.Left, other] : [mask.Left];
        return Add(new Where(mask.Comparison, number), call.Name, call.Site, "chosen", [.. compared, holds, fails]);
    }

    private Operand? WithNumber(string symbol, Value x, double number, Site site) => symbol switch
    {
        "+" => Add(new AddNumber(number), $"add({Scalar.Literal(number)})", site, "shifted", x),
        "-" => Add(new AddNumber(-number), $"sub({Scalar.Literal(number)})", site, "shifted", x),
        "*" => Add(new Scale(number), $"mul({Scalar.Literal(number)})", site, "scaled", x),
        "/" => Add(new DivideBy(number), $"div({Scalar.Literal(number)})", site, "scaled", x),
        _ => Leave(site, $"the operator {symbol} on a tensor"),
    };

    private Operand? WithNumberFirst(string symbol, double number, Value x, Site site)
    {
        if (symbol is "+" or "*") return WithNumber(symbol, x, number, site);
        if (symbol is not ("-" or "/")) return Leave(site, $"the operator {symbol} on a tensor");
        var turned = symbol == "-" ? Negate(x, site) : Add(new Reciprocal(), "reciprocal", site, "reciprocal", x);
        bool isNeutral = number == (symbol == "-" ? 0 : 1);
        return turned is not Operand.Tensor tensor || isNeutral ? turned
            : WithNumber(symbol == "-" ? "+" : "*", tensor.Value, number, site);
    }

    private Operand? Negate(Value x, Site site) =>
        IsReal(x) ? Add(new Scale(-1), "neg", site, "negative", x) : Leave(site, "a negative of integers");

    protected static bool IsReal(Value value) => value.Type.Element == ElementType.Float;

    /// <summary>Why two shapes do not broadcast; null when they do.</summary>
    private static string? Mismatch(Shape a, Shape b)
    {
        for (int i = 1; i <= Math.Min(a.Rank, b.Rank); i++)
        {
            Dim left = a[-i], right = b[-i];
            if (left != right && left != 1L && right != 1L) return $"dimension -{i} is {left} and {right}, and neither is 1";
        }

        return null;
    }
}
