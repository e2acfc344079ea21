using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class FlattenLayer : Layer<FlattenAttribute>
{
    public override int MinimumRank => 2;

    protected override Value? Lower(FlattenAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Flatten(), context.Variable, input);
}
