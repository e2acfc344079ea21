using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class ReLULayer : Layer<ReLUAttribute>
{
    protected override Value? Lower(ReLUAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new ReLU(), context.Variable, input);
}
