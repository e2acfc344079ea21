using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class BatchNorm1dLayer : Layer<BatchNorm1dAttribute>
{
    protected override Value? Lower(BatchNorm1dAttribute attribute, Value input, LayerContext context) =>
        input.Shape.Rank is 2 or 3 ? BatchNorm.Lower(attribute, input, context) : context.FailRank(input, "[N, C] or [N, C, L]");
}

internal sealed class BatchNorm2dLayer : Layer<BatchNorm2dAttribute>
{
    protected override Value? Lower(BatchNorm2dAttribute attribute, Value input, LayerContext context) =>
        input.Shape.Rank == 4 ? BatchNorm.Lower(attribute, input, context) : context.FailRank(input, "[N, C, H, W]");
}

internal static class BatchNorm
{
    /// <param name="prefix">What stands before the parameters' names inside the layer.</param>
    /// <param name="variable">The variable of the result; null for the layer's own.</param>
    public static Value Lower(
        BatchNormAttribute attribute, Value input, LayerContext context, string prefix = "", string? variable = null)
    {
        Shape channels = Shape.Of(input.Shape[1]);
        Value weight = context.Parameter(prefix + "weight", channels, new Initialization.Constant(1));
        Value bias = context.Parameter(prefix + "bias", channels, new Initialization.Constant(0));
        Value mean = context.Buffer(prefix + "running_mean", channels, 0);
        Value variance = context.Buffer(prefix + "running_var", channels, 1);
        Value count = context.Buffer(prefix + "num_batches_tracked", Shape.Scalar, 0, ElementType.Int64);
        string name = variable ?? context.Variable;
        if (context.IsFrozen)
            return context.Computation.Add(new FixedNormalization(attribute.Epsilon), name, input, weight, bias, mean, variance);
        context.Computation.AddEffect(new CountBatch(), count, input);
        return context.Computation.AddMany(
            new BatchNormalization(attribute.Momentum, attribute.Epsilon, attribute.Synchronized),
            [name, name + "Mean", name + "InverseDeviation"], input, weight, bias, mean, variance)[0];
    }
}
