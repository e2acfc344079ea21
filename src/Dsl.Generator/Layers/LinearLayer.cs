using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class LinearLayer : Layer<LinearAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(LinearAttribute attribute) => $"{attribute.Features}";

    protected override Value? Lower(LinearAttribute attribute, Value input, LayerContext context)
    {
        long features = input.Shape[-1].Factor;
        var initialization = new Initialization.UniformFanIn(features);
        Value weight = context.Weight(Shape.Of(attribute.Features, features), initialization);
        return attribute.Bias
            ? context.Computation.Add(new Linear(), context.Variable, input, weight,
                context.Parameter("bias", Shape.Of(attribute.Features), initialization))
            : context.Computation.Add(new Linear(), context.Variable, input, weight);
    }
}
