using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class LoraLinearLayer : Layer<LoraLinearAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(LoraLinearAttribute attribute) => $"{attribute.Features}, {attribute.Rank}";

    protected override Value? Lower(LoraLinearAttribute attribute, Value input, LayerContext context)
    {
        long features = input.Shape[-1].Factor;
        if (!LowRank.Fits(attribute.Rank, attribute.Features, features, context)) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        var start = new Initialization.UniformFanIn(features);
        Value weight = context.FrozenParameter("weight", Shape.Of(attribute.Features, features), start);
        Value whole = attribute.Bias
            ? c.Add(new Linear(), name + "Base", input, weight,
                context.FrozenParameter("bias", Shape.Of(attribute.Features), start))
            : c.Add(new Linear(), name + "Base", input, weight);
        Value a = context.Parameter("lora_A", Shape.Of(attribute.Rank, features), start),
            b = context.Parameter("lora_B", Shape.Of(attribute.Features, attribute.Rank), new Initialization.Constant(0));
        double scale = LowRank.Scale(attribute.Alpha, attribute.Rank);
        context.AddUpdate("weight", "lora_B", "lora_A", scale);
        Value change = c.Add(new Linear(), name + "Change", c.Add(new Linear(), name + "Inner", input, a), b);
        return c.Add(new Add(), name, whole, scale == 1 ? change : c.Add(new Scale(scale), name + "Scaled", change));
    }
}
