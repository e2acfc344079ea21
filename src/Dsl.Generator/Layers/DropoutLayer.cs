using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class DropoutLayer : Layer<DropoutAttribute>
{
    protected override string Arguments(DropoutAttribute attribute) => Scalar.Literal(attribute.Probability);

    protected override Value? Lower(DropoutAttribute attribute, Value input, LayerContext context) =>
        Masked.Add(new Graph.Operations.Dropout(attribute.Probability), input, context);
}

internal sealed class Dropout2dLayer : Layer<Dropout2dAttribute>
{
    protected override string Arguments(Dropout2dAttribute attribute) => Scalar.Literal(attribute.Probability);

    protected override Value? Lower(Dropout2dAttribute attribute, Value input, LayerContext context) => input.Shape.Rank == 4
        ? Masked.Add(new Graph.Operations.DropoutOfParts(attribute.Probability, 2), input, context)
        : context.FailRank(input, "[N, C, H, W]");
}

internal sealed class DropPathLayer : Layer<DropPathAttribute>
{
    protected override string Arguments(DropPathAttribute attribute) => Scalar.Literal(attribute.Probability);

    protected override Value? Lower(DropPathAttribute attribute, Value input, LayerContext context) =>
        Masked.Add(new Graph.Operations.DropoutOfParts(attribute.Probability, 1), input, context);
}

internal static class Masked
{
    public static Value Add(Operation operation, Value input, LayerContext context) =>
        context.Computation.AddMany(operation, [context.Variable, context.Variable + "Mask"], input)[0];
}
