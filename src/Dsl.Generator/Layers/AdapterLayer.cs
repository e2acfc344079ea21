using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class AdapterLayer : Layer<AdapterAttribute>
{
    private const double Deviation = 1e-3;

    public override int MinimumRank => 2;

    protected override string Arguments(AdapterAttribute attribute) => $"{attribute.Bottleneck}";

    protected override Value? Lower(AdapterAttribute attribute, Value input, LayerContext context)
    {
        Computation c = context.Computation;
        string name = context.Variable;
        Value inner = Map("down", input, attribute.Bottleneck, name + "Down", context);
        Value active = c.Add(new GELU(Approximate: false), name + "Active", inner);
        Value change = Map("up", active, (input.Shape.Rank == 4 ? input.Shape[1] : input.Shape[-1]).Factor, name + "Up", context);
        return c.Add(new Add(), name, input, change);
    }

    private static Value Map(string module, Value input, long outputs, string variable, LayerContext context)
    {
        bool isImage = input.Shape.Rank == 4;
        Dim width = isImage ? input.Shape[1] : input.Shape[-1];
        Value weight = context.Parameter(
            module + ".weight", isImage ? Shape.Of(outputs, width, 1, 1) : Shape.Of(outputs, width),
            new Initialization.TruncatedNormal(Deviation));
        Value bias = context.Parameter(module + ".bias", Shape.Of(outputs), new Initialization.Constant(0));
        Operation map = isImage ? new Convolution(new ConvolutionGeometry(1, 0, 1, 1)) : new Linear();
        return context.Computation.Add(map, variable, input, weight, bias);
    }
}
