using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Bodies;

internal abstract partial class BodyRun
{
    /// <summary>What an expression is; null with a finding, or with something outside.</summary>
    protected Operand? Evaluate(Expression expression)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value is null ? new Operand.Nothing() : new Operand.Number(constant.Value);
            case Expression.Variable variable:
                return Variables.TryGetValue(variable.Name, out var known) ? known
                    : Leave(variable.Site, $"{variable.Name}, which has no value");
            case Expression.Layers layers:
                return Call(layers);
            case Expression.Function function:
                return Evaluate(function.Arguments) is { } given ? Apply(function, given) : null;
            case Expression.Binary binary:
                return Evaluate(binary);
            case Expression.Unary unary:
                return Evaluate(unary.Operand) is not { } operand ? null
                    : operand is Operand.Tensor tensor && unary.Operator == "-" ? Negate(tensor.Value, unary.Site)
                    : operand is Operand.Number number && HostArithmetic.Unary(unary.Operator, number.Value) is { } result
                    ? new Operand.Number(result)
                    : Leave(unary.Site, $"the operator {unary.Operator}");
            case Expression.Convert convert:
                return Evaluate(convert.Operand) is not { } converted ? null
                    : converted is Operand.Size && convert.Type == "long" ? converted
                    : converted is Operand.Number value && HostArithmetic.Convert(
                        convert.Type, value.Value, convert.IsChecked) is { } inType ? new Operand.Number(inType)
                    : Leave(convert.Site, $"a conversion to {convert.Type}");
            case Expression.Conditional choice:
                return Condition(choice.Condition) is { } holds ? Evaluate(holds ? choice.Then : choice.Else) : null;
            case Expression.List list:
                return Evaluate(list.Items) is { } items ? new Operand.List(items) : null;
            case Expression.Tuple tuple:
                return Evaluate(tuple.Items) is { } elements ? new Operand.Tuple(elements) : null;
            case Expression.Outside outside:
                return Leave(outside.Site, outside.What);
            default:
                return Leave(expression.Site, expression.GetType().Name);
        }
    }

    protected List<Operand>? Evaluate(IReadOnlyList<Expression> expressions)
    {
        var operands = new List<Operand>();
        foreach (var expression in expressions)
        {
            if (Evaluate(expression) is not { } operand) return null;
            operands.Add(operand);
        }

        return operands;
    }

    private Operand? Evaluate(Expression.Binary binary)
    {
        if (Evaluate(binary.Left) is not { } left) return null;
        if (left is Operand.Number { Value: bool decided } && binary.Operator == (decided ? "||" : "&&")) return left;
        if (Evaluate(binary.Right) is not { } right) return null;
        if (left is Operand.Tensor || right is Operand.Tensor) return Combine(binary, left, right);
        if (left is Operand.Number a && right is Operand.Number b)
            return HostArithmetic.Binary(binary.Operator, a.Value, b.Value) is { } result ? new Operand.Number(result)
                : Leave(binary.Site, "a number without a value");
        return (binary.Operator, left, right) switch
        {
            ("*", Operand.Size size, Operand.Number { Value: long and > 0 and < int.MaxValue } factor) =>
                new Operand.Size(size.Dim * (long)factor.Value),
            ("*", Operand.Number { Value: long and > 0 and < int.MaxValue } factor, Operand.Size size) =>
                new Operand.Size(size.Dim * (long)factor.Value),
            _ => Leave(binary.Site, $"the operator {binary.Operator} on the size of a batch"),
        };
    }
}
