using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

internal sealed class DropoutLayer : Layer<DropoutAttribute>
{
    protected override string Arguments(DropoutAttribute attribute) => Scalar.Literal(attribute.Probability);

    protected override Value? Lower(DropoutAttribute attribute, Value input, LayerContext context) =>
        context.Computation.AddMany(
            new Graph.Operations.Dropout(attribute.Probability), [context.Variable, context.Variable + "Mask"], input)[0];
}
