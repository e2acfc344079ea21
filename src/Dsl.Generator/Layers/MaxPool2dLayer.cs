using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class MaxPool2dLayer : Layer<MaxPool2dAttribute>
{
    protected override string Arguments(MaxPool2dAttribute attribute) => $"{attribute.KernelSize}";

    protected override Value? Lower(MaxPool2dAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        if (attribute.Padding > attribute.KernelSize / 2)
            return context.Fail(Catalogue.PaddingTooLarge, "Padding", attribute.Padding.ToString(), attribute.KernelSize.ToString());
        var pool = new MaxPool2d(attribute.KernelSize, attribute.Stride == 0 ? attribute.KernelSize : attribute.Stride, attribute.Padding);
        if (pool.Output(input.Shape[2].Factor) < 1 || pool.Output(input.Shape[3].Factor) < 1)
            return context.FailWindow(input, attribute.KernelSize, attribute.Padding);
        return context.Computation.AddMany(pool, [context.Variable, context.Variable + "Indices"], input)[0];
    }
}
