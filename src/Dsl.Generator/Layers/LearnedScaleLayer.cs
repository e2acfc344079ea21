using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class LearnedScaleLayer : Layer<LearnedScaleAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(LearnedScaleAttribute attribute) =>
        attribute.Initial == 1 ? "" : Scalar.Literal(attribute.Initial);

    protected override Value? Lower(LearnedScaleAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Multiply(), context.Variable, input, context.Parameter(
            "weight", Shape.Of(input.Shape[-1]), new Initialization.Constant(attribute.Initial)));
}
