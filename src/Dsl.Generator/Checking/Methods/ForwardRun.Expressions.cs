using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Methods;

internal sealed partial class ForwardRun
{
    /// <summary>What an expression is; null with a finding, or with something outside.</summary>
    private Operand? Evaluate(Expression expression)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value is null ? new Operand.Nothing() : new Operand.Number(constant.Value);
            case Expression.Variable variable:
                return _variables.TryGetValue(variable.Name, out var known) ? known : Leave(variable.Site, $"{variable.Name}, which has no value");
            case Expression.Layers layers:
                return Call(layers);
            case Expression.Function function:
                return Evaluate(function.Arguments) is { } given ? Apply(function, given) : null;
            case Expression.Binary binary:
                return Evaluate(binary);
            case Expression.Unary unary:
                return Evaluate(unary.Operand) is not { } operand ? null
                    : operand is Operand.Tensor tensor && unary.Operator == "-" ? Negate(tensor.Value, unary.Site)
                    : operand is Operand.Number number && HostArithmetic.Unary(unary.Operator, number.Value) is { } result ? new Operand.Number(result)
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

    private List<Operand>? Evaluate(IReadOnlyList<Expression> expressions)
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
            return HostArithmetic.Binary(binary.Operator, a.Value, b.Value) is { } result ? new Operand.Number(result) : Leave(binary.Site, "a number without a value");
        return (binary.Operator, left, right) switch
        {
            ("*", Operand.Size size, Operand.Number { Value: long and > 0 and < int.MaxValue } factor) => new Operand.Size(size.Dim * (long)factor.Value),
            ("*", Operand.Number { Value: long and > 0 and < int.MaxValue } factor, Operand.Size size) => new Operand.Size(size.Dim * (long)factor.Value),
            _ => Leave(binary.Site, $"the operator {binary.Operator} on the size of a batch"),
        };
    }

    /// <summary>A method with layers: they are added once more, and share their parameters with other calls.</summary>
    private Operand? Call(Expression.Layers call)
    {
        if (Evaluate(call.Arguments) is not { } operands) return null;
        var method = form.Layers.First(candidate => candidate.Name == call.Method);
        if (operands.Count != method.Parameters.Count || !operands.All(operand => operand is Operand.Tensor))
            return Leave(call.Site, $"a call of {call.Method} with something else than tensors");
        var inputs = operands.Select(operand => ((Operand.Tensor)operand).Value).ToList();
        bool again = Bodies.ContainsKey(method.Name);
        if (!FitsDeclared(call, method, inputs) || !FitsEarlierCall(call, method, inputs)) return null;
        if (!(again ? AddAgain(method, inputs) : AddMethod(method, inputs))) return null;
        Value output = network.Output;
        if (!inputs.Contains(output)) _producers[output] = (call.Method, call.Site);
        return new Operand.Tensor(output);
    }

    private bool AddMethod(LayerMethod method, List<Value> inputs) =>
        new StackChecker(network, findings).AddMethod(method, inputs, _producers[inputs[0]]);

    /// <summary>Adds the operations once more; the parameters and buffers that come with them are there already.</summary>
    private bool AddAgain(LayerMethod method, List<Value> inputs)
    {
        int parameters = network.Parameters.Count, aliases = network.Aliases.Count, buffers = network.Buffers.Count, rows = network.Layers.Count;
        var shared = network.SharedWeights.Where(weight => weight.Value.Parameter.Name.Split('.')[0] == method.Name).ToList();
        foreach (var weight in shared) network.SharedWeights.Remove(weight.Key);
        bool added = AddMethod(method, inputs);
        foreach (var weight in shared) network.SharedWeights[weight.Key] = weight.Value;
        network.Parameters.RemoveRange(parameters, network.Parameters.Count - parameters);
        network.Aliases.RemoveRange(aliases, network.Aliases.Count - aliases);
        network.Buffers.RemoveRange(buffers, network.Buffers.Count - buffers);
        for (int i = rows; i < network.Layers.Count; i++)
            if (network.Layers[i].Parameters > 0) network.Layers[i] = network.Layers[i] with { Parameters = 0, Remark = ", shared" };
        return added;
    }

    private bool FitsDeclared(Expression.Layers call, LayerMethod method, List<Value> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            if (method.Parameters[i].Shape is not { } stated) continue;
            if (MethodChecker.Type(stated, findings) is not { } type) return false;
            if (type == inputs[i].Type) continue;
            var (name, _) = _producers[inputs[i]];
            Fail(call.Arguments[i].Site, call.Method, $"its input is declared as {type.Shape}, but gets {inputs[i].Shape} from {name}", stated.Site);
            return false;
        }

        return true;
    }

    private bool FitsEarlierCall(Expression.Layers call, LayerMethod method, List<Value> inputs)
    {
        var types = inputs.Select(input => input.Type).ToList();
        Bodies.TryGetValue(method.Name, out var earlier);
        if (earlier is not null && earlier.Inputs.Select(input => input.Value.Type).SequenceEqual(types)) return true;

        // What is wrong with the layers is reported where they are added to the network.
        if (MethodChecker.Body(method, types, new Findings()) is not { } body) return true;
        if (earlier is null)
        {
            Bodies.Add(method.Name, body);
            return true;
        }

        string? problem = !body.Parameters.SequenceEqual(earlier.Parameters) || !body.Buffers.SequenceEqual(earlier.Buffers) ? "its parameters have the shapes that the first call needs"
            : !Operations(body).SequenceEqual(Operations(earlier)) ? "its layers depend on the shape"
            : null;
        if (problem is null) return true;
        findings.Add(Catalogue.SharedLayersDiffer, call.Site, method.Site,
            method.Name, string.Join(", ", inputs.Select(input => input.Shape)), string.Join(", ", earlier.Inputs.Select(input => input.Value.Shape)), problem);
        return false;
    }

    private static IEnumerable<Operation> Operations(NetworkProgram body) =>
        body.Computation.Nodes.Select(node => node.Operation).Where(operation => !operation.IsLeaf);
}
