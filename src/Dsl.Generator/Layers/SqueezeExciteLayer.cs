using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class SqueezeExciteLayer : Layer<SqueezeExciteAttribute>
{
    protected override string Arguments(SqueezeExciteAttribute attribute) =>
        attribute.Reduction.ToString(CultureInfo.InvariantCulture);

    protected override Value? Lower(SqueezeExciteAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        long channels = input.Shape[1].Factor;
        if (channels % attribute.Reduction != 0)
        {
            return context.Fail(Catalogue.ChannelsDoNotDivide, nameof(attribute.Reduction),
                context.Declared.Set(nameof(attribute.Reduction), Nearest.Divisor(channels, attribute.Reduction)!.Value),
                context.Description, input.Shape.ToString(), context.Producer,
                attribute.Reduction.ToString(CultureInfo.InvariantCulture));
        }

        Computation c = context.Computation;
        string name = context.Variable;
        Value squeezed = c.Add(new MeanOver(new EquatableArray<int>([2, 3]), Keep: true), name + "Mean", input);
        Value hidden = c.Add(
            new ReLU(), name + "Hidden", Map("fc1", squeezed, channels / attribute.Reduction, name + "Squeezed", context));
        Value gate = c.Add(new Sigmoid(), name + "Gate", Map("fc2", hidden, channels, name + "Excited", context));
        return c.Add(new Multiply(), name, input, gate);
    }

    /// <summary>A linear map of channels, a convolution of an image of one pixel.</summary>
    private static Value Map(string module, Value input, long outputs, string variable, LayerContext context)
    {
        var initialization = new Initialization.UniformFanIn(input.Shape[1].Factor);
        Value weight = context.Parameter(module + ".weight", Shape.Of(outputs, input.Shape[1], 1, 1), initialization);
        Value bias = context.Parameter(module + ".bias", Shape.Of(outputs), initialization);
        return context.Computation.Add(new Convolution(new ConvolutionGeometry(1, 0, 1, 1)), variable, input, weight, bias);
    }
}
