using System;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Checking.Methods;

/// <summary>Operators on tensors, and on a tensor and a number.</summary>
internal sealed partial class ForwardRun
{
    private Operand? Combine(Expression.Binary binary, Operand left, Operand right) => (left, right) switch
    {
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
        if (Mismatch(a.Shape, b.Shape) is { } problem)
        {
            return Fail(binary.Site, operation.Name, $"{a.Shape} from {_producers[a].Name} and {b.Shape} from {_producers[b].Name} do not go together: {problem}",
                _producers[b].Site);
        }

        return Add(operation.Operation, operation.Name, binary.Site, operation.Hint, a, b);
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
        return turned is not Operand.Tensor tensor || isNeutral ? turned : WithNumber(symbol == "-" ? "+" : "*", tensor.Value, number, site);
    }

    private Operand? Negate(Value x, Site site) =>
        IsReal(x) ? Add(new Scale(-1), "neg", site, "negative", x) : Leave(site, "a negative of integers");

    private static bool IsReal(Value value) => value.Type.Element == ElementType.Float;

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
