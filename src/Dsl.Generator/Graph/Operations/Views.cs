using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The same elements in another shape, one dimension of which may be symbolic.</summary>
internal sealed record Reshape(Shape Shape) : Operation
{
    // A view whenever the memory allows one; treating it as one always is the safe side.
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type with { Shape = Shape }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Reshape(node.Inputs[0].Shape), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.reshape({Spelling.Join(Sizes)})";

    public override string Explicit(Spelling spelling) => $"Aten.reshape({spelling[0]}, {Spelling.Join(Sizes)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Reshape", spelling[0], Spelling.OnnxList(Sizes))];

    private long[] Sizes => Shape.Dims.Select(dim => dim.IsKnown ? dim.Factor : -1).ToArray();
}

/// <summary>All dimensions but the first joined into one.</summary>
internal sealed record Flatten : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = Shape.Of(inputs[0].Shape[0], inputs[0].Shape.Without(0).ElementsPerSample) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Reshape(node.Inputs[0].Shape), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.flatten(1)";

    public override string Explicit(Spelling spelling) => $"Aten.flatten({spelling[0]}, 1)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"{spelling.Onnx("Flatten")}.With(\"axis\", 1)"];
}

/// <summary>The first input repeated, without memory, to the shape of the second. Inputs: x, like.</summary>
internal sealed record ExpandAs : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool IsRepeated => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[1].Shape }];

    public override string Explicit(Spelling spelling) => $"Aten.expand_as({spelling.All})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.expand_as({spelling[1]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Expand", spelling[0], Spelling.OnnxNode("Shape", spelling[1]))];
}

/// <summary>A dimension of size 1 inserted.</summary>
internal sealed record Unsqueeze(int Dimension) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var dims = inputs[0].Shape.Dims.ToList();
        dims.Insert(Dimension, 1);
        return [inputs[0].Type with { Shape = Shape.Of(dims.ToArray()) }];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Squeeze(Dimension), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.unsqueeze({Dimension})";

    public override string Explicit(Spelling spelling) => $"Aten.unsqueeze({spelling[0]}, {Dimension})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Unsqueeze", spelling[0], Spelling.OnnxList(Dimension))];
}

/// <summary>The same values, through which no gradient flows.</summary>
internal sealed record StopGradient : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.detach()";

    public override string Explicit(Spelling spelling) => $"Aten.alias({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];
}
