using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Several dimensions reduced at once.</summary>
/// <param name="Dimensions">Which, counted from the front, in increasing order.</param>
/// <param name="Keep">Whether they stay, with size 1.</param>
internal abstract record ReduceOver(EquatableArray<int> Dimensions, bool Keep) : Operation
{
    protected abstract string Function { get; }

    private string OnnxFunction => "Reduce" + char.ToUpperInvariant(Function[0]) + Function.Substring(1);

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape kept = Kept(inputs[0].Shape);
        return [new(Keep ? kept : new Shape(new(kept.Dims.Where((_, i) => !Dimensions.Contains(i)))))];
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.{Function}({spelling[0]}, {Spelling.List(Sizes)}{(Keep ? ", true" : "")})";

    public override string Autograd(Spelling spelling) =>
        $"{spelling[0]}.{Function}({Spelling.Array(Sizes)}{(Keep ? ", true" : "")})";

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;

    /// <summary>A gradient of the result, repeated to the shape of the input.</summary>
    protected Value Spread(GradientContext context, Node node, Value gradient)
    {
        Value x = node.Inputs[0];
        if (!Keep)
            gradient = context.Computation.Add(
                new Reshape(Kept(x.Shape)), GradientContext.Name(node.Output) + "Kept", gradient);
        return context.Add(new Expand(x.Shape), x, gradient);
    }

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{Spelling.OnnxNode(OnnxFunction, spelling[0], Spelling.OnnxList(Sizes))}.With(\"keepdims\", {(Keep ? 1 : 0)})"];

    private Shape Kept(Shape shape) => shape.Map((dim, i) => Dimensions.Contains(i) ? 1 : dim);

    private long[] Sizes => Dimensions.Select(dimension => (long)dimension).ToArray();
}

/// <summary>The sum over some dimensions. It has a derivative where the batch is not among them.</summary>
internal sealed record SumOver(EquatableArray<int> Dimensions, bool Keep = false) : ReduceOver(Dimensions, Keep)
{
    protected override string Function => "sum";

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], Spread(context, node, gradients[0]!));
}

/// <summary>The mean over some dimensions, the batch not among them.</summary>
internal sealed record MeanOver(EquatableArray<int> Dimensions, bool Keep = false) : ReduceOver(Dimensions, Keep)
{
    protected override string Function => "mean";

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        long count = Dimensions.Aggregate(1L, (product, dimension) => product * node.Inputs[0].Shape[dimension].Factor);
        Value share = context.Computation.Add(new DivideBy(count), GradientContext.Name(node.Inputs[0]) + "Share", gradients[0]!);
        context.Accumulate(node.Inputs[0], Spread(context, node, share));
    }
}

/// <summary>‖x‖₂ of each row, [N, D] to [N]; its derivative at 0 is 0.</summary>
internal sealed record RowNorm : Operation
{
    // What a row of zeros is divided by, which has no influence on the quotient.
    private const double Least = 1e-30;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(inputs[0].Shape.Without(1))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        string name = GradientContext.Name(node.Output);
        Value share = context.Computation.Add(new Divide(), name + "Share", gradients[0]!,
            context.Computation.Add(new ClampMinimum(Least), name + "Divisor", node.Output));
        Value column = context.Computation.Add(new Unsqueeze(1), name + "Column", share);
        context.Accumulate(x, context.Add(new Multiply(), x, x, column));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.norm(1, false, 2)";

    public override long Flops(Node node) => 2 * node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>Dimensions of size 1 repeated, without memory, to a shape whose symbolic dimensions the input has already.</summary>
internal sealed record Expand(Shape Shape) : BackwardOperation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool IsRepeated => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type with { Shape = Shape }];

    // To aten, -1 is the size that the input has.
    public override string Explicit(Spelling spelling) =>
        $"Aten.expand({spelling[0]}, {Spelling.Join(Shape.Dims.Select(dim => dim.IsKnown ? dim.Factor : -1).ToArray())})";
}
