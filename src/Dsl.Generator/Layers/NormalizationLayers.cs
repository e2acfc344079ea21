using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class LayerNormLayer : Layer<LayerNormAttribute>
{
    protected override string Arguments(LayerNormAttribute attribute) =>
        attribute.Dimensions == 1 ? "" : $"{attribute.Dimensions}";

    protected override Value? Lower(LayerNormAttribute attribute, Value input, LayerContext context)
    {
        if (context.LastDimensions(input, attribute.Dimensions, nameof(attribute.Dimensions)) is not { } dimensions) return null;
        Shape last = input.Shape.Last(dimensions);
        if (!context.HasSeveral(input, last.ElementsPerSample)) return null;
        var inputs = new List<Value> { input };
        if (attribute.Affine) inputs.Add(context.Parameter("weight", last, new Initialization.Constant(1)));
        if (attribute.Affine && attribute.Bias) inputs.Add(context.Parameter("bias", last, new Initialization.Constant(0)));
        return Normalized.Add(new LayerNormalization(attribute.Dimensions, attribute.Epsilon), inputs, context);
    }
}

internal sealed class GroupNormLayer : Layer<GroupNormAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(GroupNormAttribute attribute) => $"{attribute.Groups}";

    protected override Value? Lower(GroupNormAttribute attribute, Value input, LayerContext context) =>
        context.GroupsDivide(input, attribute.Groups, nameof(attribute.Groups))
            ? Normalized.Groups(attribute.Groups, attribute.Epsilon, attribute.Affine, input, context)
            : null;
}

internal sealed class InstanceNorm1dLayer : Layer<InstanceNorm1dAttribute>
{
    protected override Value? Lower(InstanceNorm1dAttribute attribute, Value input, LayerContext context) =>
        input.Shape.Rank == 3 ? Normalized.Instances(attribute, input, context) : context.FailRank(input, "[N, C, L]");
}

internal sealed class InstanceNorm2dLayer : Layer<InstanceNorm2dAttribute>
{
    protected override Value? Lower(InstanceNorm2dAttribute attribute, Value input, LayerContext context) =>
        input.Shape.Rank == 4 ? Normalized.Instances(attribute, input, context) : context.FailRank(input, "[N, C, H, W]");
}

internal sealed class RMSNormLayer : Layer<RMSNormAttribute>
{
    protected override string Arguments(RMSNormAttribute attribute) => attribute.Dimensions == 1 ? "" : $"{attribute.Dimensions}";

    protected override Value? Lower(RMSNormAttribute attribute, Value input, LayerContext context)
    {
        if (context.LastDimensions(input, attribute.Dimensions, nameof(attribute.Dimensions)) is not { } dimensions) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        Value square = c.Add(new Square(), name + "Square", input);
        Value mean = c.Add(new MeanOver(new(dimensions), Keep: true), name + "Mean", square);
        Value shifted = c.Add(new AddNumber(attribute.Epsilon), name + "Shifted", mean);
        Value factor = c.Add(new InverseRoot(), name + "InverseRoot", shifted);
        if (!attribute.Affine) return c.Add(new Multiply(), name, input, factor);
        Value weight = context.Parameter("weight", input.Shape.Last(dimensions), new Initialization.Constant(1));
        return c.Add(new Multiply(), name, c.Add(new Multiply(), name + "Normalized", input, factor), weight);
    }
}

internal sealed class L2NormalizeLayer : Layer<L2NormalizeAttribute>
{
    protected override string Arguments(L2NormalizeAttribute attribute) =>
        attribute.Dimension == 1 ? "" : Spelling.Join(attribute.Dimension);

    protected override Value? Lower(L2NormalizeAttribute attribute, Value input, LayerContext context) =>
        context.Dimension(input, attribute.Dimension, nameof(attribute.Dimension)) is { } dimension
            ? UnitLength.Along(context.Computation, input, dimension, attribute.Epsilon, context.Variable)
            : null;
}

internal static class Normalized
{
    public static Value? Instances(InstanceNormAttribute attribute, Value input, LayerContext context) =>
        Groups((int)input.Shape[1].Factor, attribute.Epsilon, attribute.Affine, input, context);

    /// <summary>Normalisation of groups of channels; with one channel a group it is that of instances.</summary>
    public static Value? Groups(int groups, double epsilon, bool affine, Value input, LayerContext context)
    {
        if (!context.HasSeveral(input, input.Shape.Without(0).ElementsPerSample / groups)) return null;
        var inputs = new List<Value> { context.Computation.Add(new Contiguous(), context.Variable + "Input", input) };
        Shape channels = Shape.Of(input.Shape[1]);
        if (affine)
        {
            inputs.Add(context.Parameter("weight", channels, new Initialization.Constant(1)));
            inputs.Add(context.Parameter("bias", channels, new Initialization.Constant(0)));
        }

        return Add(new GroupNormalization(groups, epsilon), inputs, context);
    }

    public static Value Add(Operation operation, List<Value> inputs, LayerContext context) => context.Computation.AddMany(
        operation, [context.Variable, context.Variable + "Mean", context.Variable + "InverseDeviation"], [.. inputs])[0];

    /// <summary>The part of a shape that the given dimensions are.</summary>
    public static Shape Last(this Shape shape, int[] dimensions) => new(new(dimensions.Select(dimension => shape[dimension])));
}
