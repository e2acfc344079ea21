using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class NormalSampleLayer : Layer<NormalSampleAttribute>
{
    public override int MinimumRank => 2;

    protected override Value? Lower(NormalSampleAttribute attribute, Value input, LayerContext context)
    {
        if (!NormalCode.HasHalves(input.Shape))
        {
            return context.Fail(Catalogue.SizesDoNotFit, null, context.Description, input.Shape.ToString(), context.Producer,
                "half of the features are means and half say deviations: give it an even number of them, such as [Linear(2·Z)] "
                + "of Z drawn features");
        }

        Computation c = context.Computation;
        string name = context.Variable;
        var (mean, deviation) = NormalCode.Halves(c, input, name);
        Value noise = c.Add(new StandardNoise(), name + "Noise", mean);
        return c.Add(new Add(), name, mean, c.Add(new Multiply(), name + "Drawn", deviation, noise));
    }
}
