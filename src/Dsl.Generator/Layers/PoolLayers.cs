using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class MaxPool1dLayer() : MaxPoolLayer<MaxPool1dAttribute>(1);

internal sealed class MaxPool2dLayer() : MaxPoolLayer<MaxPool2dAttribute>(2);

internal sealed class AvgPool1dLayer() : AvgPoolLayer<AvgPool1dAttribute>(1);

internal sealed class AvgPool2dLayer() : AvgPoolLayer<AvgPool2dAttribute>(2);

internal abstract class MaxPoolLayer<TAttribute>(int dimensions) : PoolLayer<TAttribute>(dimensions)
    where TAttribute : PoolAttribute
{
    protected override Value Pool(TAttribute attribute, PoolWindow window, Value image, string name, LayerContext context) =>
        context.Computation.AddMany(new MaxPool2d(window), [name, context.Variable + "Indices"], image)[0];
}

internal abstract class AvgPoolLayer<TAttribute>(int dimensions) : PoolLayer<TAttribute>(dimensions)
    where TAttribute : AvgPoolAttribute
{
    protected override Value Pool(TAttribute attribute, PoolWindow window, Value image, string name, LayerContext context) =>
        context.Computation.Add(new AvgPool2d(window, attribute.CountIncludePad), name, image);
}

/// <summary>A layer that pools windows.</summary>
/// <param name="dimensions">2 for images; 1 for sequences, which are pooled as images of one row.</param>
internal abstract class PoolLayer<TAttribute>(int dimensions) : Layer<TAttribute>
    where TAttribute : PoolAttribute
{
    protected override string Arguments(TAttribute attribute) => $"{attribute.KernelSize}";

    protected override Value? Lower(TAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != dimensions + 2) return context.FailRank(input, dimensions == 1 ? "[N, C, L]" : "[N, C, H, W]");
        if (attribute.Padding > attribute.KernelSize / 2)
        {
            return context.Fail(Catalogue.PaddingTooLarge, nameof(attribute.Padding),
                context.Declared.Set(nameof(attribute.Padding), attribute.KernelSize / 2),
                attribute.Padding.ToString(CultureInfo.InvariantCulture),
                attribute.KernelSize.ToString(CultureInfo.InvariantCulture));
        }

        int stride = attribute.Stride == 0 ? attribute.KernelSize : attribute.Stride;
        var window = new PoolWindow(dimensions, attribute.KernelSize, stride, attribute.Padding);
        if (input.Shape.Dims.Skip(2).Any(size => window.Output(size.Factor) < 1))
            return context.FailWindow(input, attribute.KernelSize, attribute.Padding);
        if (dimensions == 2) return Pool(attribute, window, input, context.Variable, context);
        Value image = context.Computation.Add(new Unsqueeze(2), context.Variable + "Row", input);
        return context.Computation.Add(
            new Squeeze(2), context.Variable, Pool(attribute, window, image, context.Variable + "Pooled", context));
    }

    protected abstract Value Pool(TAttribute attribute, PoolWindow window, Value image, string name, LayerContext context);
}

internal sealed class AdaptiveAvgPool2dLayer : Layer<AdaptiveAvgPool2dAttribute>
{
    protected override string Arguments(AdaptiveAvgPool2dAttribute attribute) => $"{attribute.Size}";

    protected override Value? Lower(AdaptiveAvgPool2dAttribute attribute, Value input, LayerContext context) =>
        input.Shape.Rank == 4
        ? context.Computation.Add(new AdaptiveAvgPool2d(attribute.Size), context.Variable, input)
        : context.FailRank(input, "[N, C, H, W]");
}

internal sealed class GlobalAvgPool1dLayer : Layer<GlobalAvgPool1dAttribute>
{
    protected override Value? Lower(GlobalAvgPool1dAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3) return context.FailRank(input, "[N, C, L]");
        Computation c = context.Computation;
        string name = context.Variable;
        if (context.EndsOf(input) is not { Dimension: 2 } ends)
            return c.Add(new MeanOver(new EquatableArray<int>([2])), name, input);
        Value own = c.Add(new ClearBehindEnds(2), name + "Own", input, ends.Lengths);
        Value sum = c.Add(new SumOver(new EquatableArray<int>([2])), name + "Sum", own);
        Value mean = c.Add(
            new Multiply(), name, sum, c.Add(new InverseLengths(), name + "InverseLengths", ends.Lengths, input));
        return context.WithEnds(mean, null);
    }
}

internal sealed class GlobalAvgPool2dLayer : Layer<GlobalAvgPool2dAttribute>
{
    protected override Value? Lower(GlobalAvgPool2dAttribute attribute, Value input, LayerContext context) =>
        input.Shape.Rank == 4
        ? context.Computation.Add(new MeanOver(new EquatableArray<int>([2, 3])), context.Variable, input)
        : context.FailRank(input, "[N, C, H, W]");
}
