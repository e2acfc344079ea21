using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class CosineLinearLayer : Layer<CosineLinearAttribute>
{
    // Below it a vector has no direction in single precision.
    private const double LeastLength = 1e-12;

    public override int MinimumRank => 2;

    protected override string Arguments(CosineLinearAttribute attribute) => $"{attribute.Features}";

    protected override Value? Lower(CosineLinearAttribute attribute, Value input, LayerContext context)
    {
        long features = input.Shape[-1].Factor;
        Computation c = context.Computation;
        string name = context.Variable;
        Value weight = context.Parameter(
            "weight", Shape.Of(attribute.Features, features), new Initialization.UniformFanIn(features));
        return c.Add(new Linear(), name,
            UnitLength.Along(c, input, input.Shape.Rank - 1, LeastLength, name + "Input"),
            UnitLength.Along(c, weight, 1, LeastLength, name + "Direction"));
    }
}
