using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

/// <summary>Attention of a sequence to itself.</summary>
internal abstract class SelfAttentionLayer<TAttribute> : Layer<TAttribute>
    where TAttribute : AttentionToItselfAttribute
{
    protected override string Arguments(TAttribute attribute) =>
        attribute.Heads + (attribute.Causal ? ", causal" : "") + (attribute.Rotary ? ", rotary" : "");

    protected override bool TellsPlaces(TAttribute attribute) => attribute.Causal || attribute.Rotary;

    protected override bool SeesLater(TAttribute attribute) => !attribute.Causal;

    protected override Value? Lower(TAttribute attribute, Value input, LayerContext context)
    {
        if (!Attended.Fits(input, attribute.Heads, context)) return null;
        long features = input.Shape[-1].Factor, size = features / attribute.Heads;
        if (attribute.Rotary && size % 2 != 0)
        {
            var even = Nearest.Divisor(features, attribute.Heads, heads => features / heads % 2 == 0);
            return context.Fail(Catalogue.OddRotaryHead, nameof(attribute.Rotary),
                even is { } heads ? context.Declared.Set(nameof(attribute.Heads), heads)
                    : context.Declared.Remove(nameof(attribute.Rotary)),
                Attended.Number(attribute.Heads), context.Description, Attended.Number(size), Attended.Number(features));
        }

        if (!attribute.Rotary && context.Declares(nameof(attribute.RotaryBase)))
        {
            return context.Fail(Catalogue.RotaryBaseUnused, nameof(attribute.RotaryBase),
                [context.Declared.Set(nameof(attribute.Rotary), "true"), context.Declared.Remove(nameof(attribute.RotaryBase))],
                Scalar.Literal(attribute.RotaryBase));
        }

        return Attention(attribute, input, context)
            ?.ToItself(input, attribute.Causal, attribute.Rotary ? attribute.RotaryBase : null);
    }

    /// <summary>What attends; null, with a finding, where something does not fit.</summary>
    protected virtual MultiHeadAttention? Attention(TAttribute attribute, Value input, LayerContext context) =>
        new(context, "", context.Variable, attribute.Heads, attribute.Dropout, attribute.Bias);
}

internal sealed class SelfAttentionLayer : SelfAttentionLayer<SelfAttentionAttribute>;

internal sealed class LoraSelfAttentionLayer : SelfAttentionLayer<LoraSelfAttentionAttribute>
{
    protected override string Arguments(LoraSelfAttentionAttribute attribute) =>
        $"{base.Arguments(attribute)}, rank {Attended.Number(attribute.Rank)}";

    protected override MultiHeadAttention? Attention(LoraSelfAttentionAttribute attribute, Value input, LayerContext context)
    {
        long features = input.Shape[-1].Factor;
        if (!LowRank.Fits(attribute.Rank, features, features, context)) return null;
        Computation c = context.Computation;
        double scale = LowRank.Scale(attribute.Alpha, attribute.Rank);
        return new(context, "", context.Variable, attribute.Heads, attribute.Dropout, attribute.Bias)
        {
            IsHeld = true,
            Change = (part, row) =>
            {
                if (part == "Key") return null;
                string names = part == "Query" ? "lora_q" : "lora_v", name = context.Variable + part;
                Value a = context.Parameter(
                    names + "_A", Shape.Of(attribute.Rank, features), new Initialization.UniformFanIn(features));
                Value b = context.Parameter(
                    names + "_B", Shape.Of(features, attribute.Rank), new Initialization.Constant(0));
                context.AddUpdate("in_proj_weight", names + "_B", names + "_A", scale, row);
                Value change = c.Add(new Linear(), name + "Change", c.Add(new Linear(), name + "Inner", input, a), b);
                return scale == 1 ? change : c.Add(new Scale(scale), name + "ChangeScaled", change);
            },
        };
    }
}

internal sealed class PrefixSelfAttentionLayer : SelfAttentionLayer<PrefixSelfAttentionAttribute>
{
    private const double Deviation = 0.02;

    protected override string Arguments(PrefixSelfAttentionAttribute attribute) =>
        $"{base.Arguments(attribute)}, prefix {Attended.Number(attribute.Length)}";

    protected override MultiHeadAttention? Attention(PrefixSelfAttentionAttribute attribute, Value input, LayerContext context)
    {
        if (context.IsFrozen)
        {
            context.Fail(Catalogue.FrozenUpdate, null, context.Description);
            return null;
        }

        long features = input.Shape[-1].Factor;
        return new(context, "", context.Variable, attribute.Heads, attribute.Dropout, attribute.Bias)
        {
            IsHeld = true,
            Prefix = context.Computation.Add(new Reshape(Shape.Of(1, attribute.Length, 2 * features)),
                context.Variable + "PrefixPair", Pair(attribute, features, context)),
        };
    }

    /// <summary>Keys and values, [P, 2D].</summary>
    private static Value Pair(PrefixSelfAttentionAttribute attribute, long features, LayerContext context)
    {
        if (attribute.Hidden == 0)
        {
            return context.Parameter(
                "prefix", Shape.Of(attribute.Length, 2 * features), new Initialization.Normal(Deviation));
        }

        Computation c = context.Computation;
        string name = context.Variable + "Prefix";
        Value start = context.Parameter("prefix", Shape.Of(attribute.Length, features), new Initialization.Normal(1));
        Value inner = Map("prefix_mlp.0", start, attribute.Hidden, name + "Inner");
        return Map("prefix_mlp.2", c.Add(new Tanh(), name + "Active", inner), 2 * features, name + "Made");

        Value Map(string module, Value from, long outputs, string variable)
        {
            var initialization = new Initialization.UniformFanIn(from.Shape[-1].Factor);
            Value weight = context.Parameter(module + ".weight", Shape.Of(outputs, from.Shape[-1]), initialization);
            Value bias = context.Parameter(module + ".bias", Shape.Of(outputs), initialization);
            return c.Add(new Linear(), variable, from, weight, bias);
        }
    }
}
