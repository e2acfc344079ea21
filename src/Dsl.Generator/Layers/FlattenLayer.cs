using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class FlattenLayer : Layer<FlattenAttribute>
{
    protected override Value? Lower(FlattenAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Flatten(), context.Variable, input);
}
