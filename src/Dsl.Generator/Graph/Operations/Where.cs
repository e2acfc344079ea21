using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// One of two tensors, element by element, as a comparison says. Inputs: what is compared, what it is compared with unless that
/// is a number, the tensor where it holds, the tensor where it does not. No gradient passes through the comparison.
/// </summary>
/// <param name="Comparison">Its name among libtorch's: gt, ge, lt, le, eq, ne.</param>
/// <param name="Number">What is compared with; null for a tensor.</param>
internal sealed record Where(string Comparison, double? Number) : Operation
{
    /// <summary>How many inputs are compared.</summary>
    private int Compared => Number is null ? 2 : 1;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape shape = Shape.Broadcast(inputs[Compared].Shape, inputs[Compared + 1].Shape);
        for (int i = 0; i < Compared; i++) shape = Shape.Broadcast(shape, inputs[i].Shape);
        return [new TensorType(shape)];
    }

    public override string? Element(ElementSpelling spelling) => spelling.Where(
        Comparison, spelling[0], Number is { } number ? spelling.Number(number) : spelling[1], spelling[Compared],
        spelling[Compared + 1]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        for (int i = 0; i < 2; i++)
        {
            Value target = node.Inputs[Compared + i];
            if (!context.Wants(target)) continue;
            Value[] compared = [.. node.Inputs.Take(Compared)];
            Value gradient = context.Add(new WhereBackward(Comparison, Number, i == 0), target, [gradients[0]!, .. compared]);
            Elementwise.AccumulateReduced(context, target, gradient);
        }
    }

    public override string Autograd(Spelling spelling)
    {
        string condition = Condition(Comparison, Number, spelling, 0);
        return $"where({condition}, {spelling[Compared]}, {spelling[Compared + 1]})";
    }

    public override IReadOnlyList<string> Onnx(Spelling spelling)
    {
        string[] compared = [spelling[0], Number is { } bound ? Spelling.OnnxNumber(bound) : spelling[1]];
        string condition = Comparison switch
        {
            "gt" => Spelling.OnnxNode("Greater", compared),
            "ge" => Spelling.OnnxNode("GreaterOrEqual", compared),
            "lt" => Spelling.OnnxNode("Less", compared),
            "le" => Spelling.OnnxNode("LessOrEqual", compared),
            "eq" => Spelling.OnnxNode("Equal", compared),
            _ => Spelling.OnnxNode("Not", Spelling.OnnxNode("Equal", compared)),
        };
        return [Spelling.OnnxNode("Where", condition, spelling[Compared], spelling[Compared + 1])];
    }

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;

    public static string Condition(string comparison, double? number, Spelling spelling, int first) => number is { } bound
        ? $"Aten.{comparison}({spelling[first]}, {Scalar.Literal(bound)})"
        : $"{spelling[first]}.{comparison}({spelling[first + 1]})";
}

/// <summary>The gradient where a comparison holds, or where it does not; else zero. Inputs: gradient, what is compared.</summary>
/// <param name="Holds">Whether it is that of the tensor that stands where it holds.</param>
internal sealed record WhereBackward(string Comparison, double? Number, bool Holds) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling)
    {
        string right = Number is { } number ? spelling.Number(number) : spelling[2], none = spelling.Number(0);
        return Holds ? spelling.Where(Comparison, spelling[1], right, spelling[0], none)
            : spelling.Where(Comparison, spelling[1], right, none, spelling[0]);
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.masked_gradient({spelling[0]}, {Where.Condition(Comparison, Number, spelling, 1)}, {Spelling.Bool(Holds)})";
}
