using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class Conv2dLayer : Layer<Conv2dAttribute>
{
    protected override string Arguments(Conv2dAttribute attribute) => $"{attribute.Channels}, {attribute.KernelSize}";

    protected override Value? Lower(Conv2dAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        long channels = input.Shape[1].Factor;
        if (channels % attribute.Groups != 0 || attribute.Channels % attribute.Groups != 0)
            return context.FailGroups(attribute.Groups, channels, attribute.Channels);
        var geometry = new ConvolutionGeometry(attribute.Stride, attribute.Padding, attribute.Dilation, attribute.Groups);
        if (geometry.Output(input.Shape[2].Factor, attribute.KernelSize) < 1 || geometry.Output(input.Shape[3].Factor, attribute.KernelSize) < 1)
            return context.FailWindow(input, attribute.Dilation * (attribute.KernelSize - 1) + 1, attribute.Padding);

        var kernel = Shape.Of(attribute.Channels, channels / attribute.Groups, attribute.KernelSize, attribute.KernelSize);
        var initialization = new Initialization.UniformFanIn(kernel.Without(0).ElementsPerSample);
        Value weight = context.Parameter("weight", kernel, initialization);
        return attribute.Bias
            ? context.Computation.Add(new Convolution(geometry), context.Variable, input, weight,
                context.Parameter("bias", Shape.Of(attribute.Channels), initialization))
            : context.Computation.Add(new Convolution(geometry), context.Variable, input, weight);
    }
}
