using System.Globalization;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class LearnedConstantLayer : Layer<LearnedConstantAttribute>
{
    public override bool AcceptsIndices => true;

    protected override string Arguments(LearnedConstantAttribute attribute) => string.Format(
        CultureInfo.InvariantCulture, "{0}, {1}, {2}", attribute.Channels, attribute.Height, attribute.Width);

    protected override Value? Lower(LearnedConstantAttribute attribute, Value input, LayerContext context)
    {
        Value image = context.Parameter("weight", Shape.Of(1, attribute.Channels, attribute.Height, attribute.Width),
            new Initialization.Normal(1));
        return context.Computation.Add(new RepeatForSamples(), context.Variable, image, input);
    }
}

internal sealed class PixelNoiseLayer : Layer<PixelNoiseAttribute>
{
    protected override string Arguments(PixelNoiseAttribute attribute) =>
        attribute.Initial == 0 ? "" : Scalar.Literal(attribute.Initial);

    protected override Value? Lower(PixelNoiseAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        Computation c = context.Computation;
        string name = context.Variable;
        long channels = input.Shape[1].Factor;
        Value factors = c.Add(new Reshape(Shape.Of(1, channels, 1, 1)), name + "Factors",
            context.Parameter("weight", Shape.Of(channels), new Initialization.Constant(attribute.Initial)));
        Value noise = c.Add(new StandardNoise(), name + "Noise", c.Add(new Slice(1, 0, 1), name + "Pixels", input));
        return c.Add(new Add(), name, input, c.Add(new Multiply(), name + "Scaled", noise, factors));
    }
}
