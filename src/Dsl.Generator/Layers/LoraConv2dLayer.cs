using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class LoraConv2dLayer : Layer<LoraConv2dAttribute>
{
    protected override string Arguments(LoraConv2dAttribute attribute) =>
        $"{attribute.Channels}, {attribute.KernelSize}, {attribute.Rank}";

    protected override Value? Lower(LoraConv2dAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        long channels = input.Shape[1].Factor, size = attribute.KernelSize;
        var geometry = new ConvolutionGeometry(attribute.Stride, attribute.Padding, attribute.Dilation, 1);
        if (input.Shape.Dims.Skip(2).Any(dim => geometry.Output(dim.Factor, attribute.KernelSize) < 1))
        {
            return context.FailWindow(
                input, attribute.Dilation * (size - 1) + 1, attribute.Padding, attribute.Dilation);
        }

        if (!LowRank.Fits(attribute.Rank, attribute.Channels, channels * size * size, context)) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        var start = new Initialization.UniformFanIn(channels * size * size);
        Value weight = context.FrozenParameter("weight", Shape.Of(attribute.Channels, channels, size, size), start);
        Value whole = attribute.Bias
            ? c.Add(new Convolution(geometry), name + "Base", input, weight,
                context.FrozenParameter("bias", Shape.Of(attribute.Channels), start))
            : c.Add(new Convolution(geometry), name + "Base", input, weight);
        Value a = context.Parameter("lora_A", Shape.Of(attribute.Rank, channels, size, size), start),
            b = context.Parameter("lora_B", Shape.Of(attribute.Channels, attribute.Rank, 1, 1), new Initialization.Constant(0));
        double scale = LowRank.Scale(attribute.Alpha, attribute.Rank);
        context.AddUpdate("weight", "lora_B", "lora_A", scale);
        Value inner = c.Add(new Convolution(geometry), name + "Inner", input, a);
        Value change = c.Add(new Convolution(new ConvolutionGeometry(1, 0, 1, 1)), name + "Change", inner, b);
        return c.Add(new Add(), name, whole, scale == 1 ? change : c.Add(new Scale(scale), name + "Scaled", change));
    }
}
