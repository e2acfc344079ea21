using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class BilinearLayer : Layer<BilinearAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(BilinearAttribute attribute) => $"{attribute.Features}, \"{attribute.With}\"";

    protected override Value? Lower(BilinearAttribute attribute, Value input, LayerContext context)
    {
        if (Tagged.Find(attribute.With, context, nameof(attribute.With)) is not { } second) return null;
        if (second.Shape.Rank != input.Shape.Rank || second.Shape.With(-1, 1) != input.Shape.With(-1, 1))
            return Tagged.FailShapes("Bilinear", attribute.With, second, input, context, nameof(attribute.With));
        long first = input.Shape[-1].Factor, other = second.Shape[-1].Factor;
        var initialization = new Initialization.UniformFanIn(first);
        Value weight = context.Parameter("weight", Shape.Of(attribute.Features, first, other), initialization);

        // x₂ by every row of every A_k, then each of these by x₁: no memory beyond [N, ..., out, in1].
        Computation c = context.Computation;
        string name = context.Variable;
        Value rows = c.Add(new Reshape(Shape.Of(attribute.Features * first, other)), name + "Rows", weight);
        Value products = c.Add(new Linear(), name + "Products", second, rows);
        Value forms = c.Add(new Reshape(Extended(input.Shape, attribute.Features, first)), name + "Forms", products);
        Value left = c.Add(new Reshape(Extended(input.Shape, 1, first)), name + "Left", input);
        Value terms = c.Add(new Multiply(), name + "Terms", forms, left);
        Value sum = c.Add(new SumOver(new([input.Shape.Rank])), attribute.Bias ? name + "Sum" : name, terms);
        return attribute.Bias
            ? c.Add(new Add(), name, sum, context.Parameter("bias", Shape.Of(attribute.Features), initialization)) : sum;
    }

    /// <summary>All dimensions but the last, then two others.</summary>
    private static Shape Extended(Shape shape, long rows, long columns) =>
        Shape.Of([.. shape.Dims.Take(shape.Rank - 1), rows, columns]);
}
