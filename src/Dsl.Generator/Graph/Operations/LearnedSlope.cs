using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>x above zero, slope·x below. Inputs: x [N, C, ...], the slope [1] or [C].</summary>
/// <remarks>
/// aten's derivative of it has changed its name and its meaning between versions of libtorch; this one is made of operations
/// that have not.
/// </remarks>
internal sealed record PReLU : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], slope = node.Inputs[1], gradient = gradients[0]!;
        string name = node.Output.Hint;
        Computation computation = context.Computation;
        bool perChannel = slope.Shape[0] != 1L;
        Value positive = computation.Add(new IsPositive(), name + "Positive", x);
        if (context.Wants(slope))
        {
            Value product = computation.Add(new Multiply(), name + "Product", gradient, x);
            Value below = computation.Add(new ZeroWhere(), name + "Below", product, positive);
            var others = Enumerable.Range(0, x.Shape.Rank).Where(dimension => dimension != 1 || !perChannel);
            Value sum = context.Add(new SumOver(new(others)), slope, below);
            context.Accumulate(slope, perChannel ? sum : context.Add(new Reshape(slope.Shape), slope, sum));
        }

        if (!context.Wants(x)) return;
        var aligned = new Shape(new(x.Shape.Dims.Select((dim, i) => i == 1 ? dim : (Dim)1)));
        Value factor = perChannel && x.Shape.Rank > 2 ? computation.Add(new Reshape(aligned), name + "Slope", slope) : slope;
        Value scaled = computation.Add(new Multiply(), name + "Scaled", gradient, factor);
        context.Accumulate(x, context.Add(new Choose(), x, positive, gradient, scaled));
    }

    public override string Autograd(Spelling spelling) => $"nn.functional.prelu({spelling[0]}, {spelling[1]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"onnx.PRelu({spelling.All}, {Spelling.Join(spelling.Node.Output.Shape.Rank)})"];

    public override long Flops(Node node) => 2 * node.Output.Shape.ElementsPerSample;
}

/// <summary>Where x is above zero.</summary>
internal sealed record IsPositive : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(inputs[0].Shape, ElementType.Bool)];

    public override string Explicit(Spelling spelling) => $"Aten.gt({spelling[0]}, 0)";
}

/// <summary>x with zeros where a mask is true. Inputs: x, the mask.</summary>
internal sealed record ZeroWhere : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"Aten.masked_fill({spelling[0]}, {spelling[1]}, 0)";

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.masked_fill_({spelling[0]}, {spelling[1]}, 0)";
}

/// <summary>a where a mask is true, else b. Inputs: the mask, a, b.</summary>
internal sealed record Choose : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"where({spelling[0]}, {spelling[1]}, {spelling[2]})";
}
