using Dsl.Generator.Graph;
using Operations = Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class SoftmaxLayer : Layer<SoftmaxAttribute>
{
    protected override string Arguments(SoftmaxAttribute attribute) =>
        attribute.Dimension == -1 ? "" : Spelling.Join(attribute.Dimension);

    protected override Value? Lower(SoftmaxAttribute attribute, Value input, LayerContext context) =>
        context.Dimension(input, attribute.Dimension, nameof(attribute.Dimension)) is { } dimension
            ? context.Computation.Add(new Operations.Softmax(dimension - input.Shape.Rank), context.Variable, input)
            : null;
}

internal sealed class LogSoftmaxLayer : Layer<LogSoftmaxAttribute>
{
    protected override string Arguments(LogSoftmaxAttribute attribute) =>
        attribute.Dimension == -1 ? "" : Spelling.Join(attribute.Dimension);

    protected override Value? Lower(LogSoftmaxAttribute attribute, Value input, LayerContext context) =>
        context.Dimension(input, attribute.Dimension, nameof(attribute.Dimension)) is { } dimension
            ? context.Computation.Add(new Operations.LogSoftmax(dimension - input.Shape.Rank), context.Variable, input)
            : null;
}
