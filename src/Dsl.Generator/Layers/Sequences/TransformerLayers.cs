using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class FeedForwardLayer : Layer<FeedForwardAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(FeedForwardAttribute attribute) => $"{attribute.Hidden}, {attribute.Activation}";

    protected override Value? Lower(FeedForwardAttribute attribute, Value input, LayerContext context) =>
        context.FeedForward(input, attribute.Hidden, attribute.Activation, attribute.Dropout, attribute.Bias, context.Variable);
}

internal sealed class TransformerEncoderLayerLayer : Layer<TransformerEncoderLayerAttribute>
{
    protected override string Arguments(TransformerEncoderLayerAttribute attribute) =>
        $"{attribute.Heads}, {attribute.Hidden}{(attribute.Causal ? ", causal" : "")}";

    protected override bool TellsPlaces(TransformerEncoderLayerAttribute attribute) => attribute.Causal;

    protected override bool SeesLater(TransformerEncoderLayerAttribute attribute) => !attribute.Causal;

    protected override Value? Lower(TransformerEncoderLayerAttribute attribute, Value input, LayerContext context)
    {
        if (!Attended.Fits(input, attribute.Heads, context)) return null;
        var layer = new TransformerLayer(attribute, context);
        Value attended = layer.Part(
            1, "Attention", input, (x, name) => layer.Attention("self_attn.", name).ToItself(x, attribute.Causal));
        return layer.Part(2, "FeedForward", attended, layer.FeedForward, isLast: true);
    }
}

internal sealed class TransformerDecoderLayerLayer : Layer<TransformerDecoderLayerAttribute>
{
    protected override string Arguments(TransformerDecoderLayerAttribute attribute) =>
        $"{attribute.Heads}, {attribute.Hidden}, \"{attribute.Context}\"";

    protected override bool TellsPlaces(TransformerDecoderLayerAttribute attribute) => attribute.Causal;

    protected override bool SeesLater(TransformerDecoderLayerAttribute attribute) => !attribute.Causal;

    protected override Value? Lower(TransformerDecoderLayerAttribute attribute, Value input, LayerContext context)
    {
        if (!Attended.Fits(input, attribute.Heads, context)) return null;
        if (Attended.Sequence(attribute.Context, context) is not { } memory) return null;
        var layer = new TransformerLayer(attribute, context);
        Value attended = layer.Part(
            1, "Attention", input, (x, name) => layer.Attention("self_attn.", name).ToItself(x, attribute.Causal));
        Value informed = layer.Part(
            2, "CrossAttention", attended, (x, name) => layer.Attention("multihead_attn.", name).To(memory, x));
        return layer.Part(3, "FeedForward", informed, layer.FeedForward, isLast: true);
    }
}

/// <summary>The parts of a layer of a transformer, each with a shortcut around it and a normalisation.</summary>
internal sealed class TransformerLayer(TransformerLayerAttribute attribute, LayerContext context)
{
    /// <summary>What a part computes, under a given name of its result.</summary>
    public delegate Value Function(Value input, string name);

    public MultiHeadAttention Attention(string module, string name) =>
        new(context, module, name, attribute.Heads, attribute.Dropout, attribute.Bias);

    public Value FeedForward(Value input, string name) =>
        context.FeedForward(input, attribute.Hidden, attribute.Activation, attribute.Dropout, attribute.Bias, name);

    /// <summary>x + F(norm(x)), or norm(x + F(x)).</summary>
    /// <param name="number">Which part it is, from 1 on; names its normalisation.</param>
    /// <param name="part">The part as variables name it.</param>
    public Value Part(int number, string part, Value input, Function function, bool isLast = false)
    {
        string name = context.Variable + part, result = isLast ? context.Variable : name + "Result";
        Value computed = function(attribute.NormFirst ? Normalize(input, name + "Input") : input, name);
        Value dropped = context.Drop(computed, attribute.Dropout, name + "Dropped");
        Value sum = context.Computation.Add(new Add(), attribute.NormFirst ? result : name + "Sum", dropped, input);
        return attribute.NormFirst ? sum : Normalize(sum, result);

        Value Normalize(Value value, string variable) =>
            context.Normalize($"norm{number}", value, attribute.Epsilon, attribute.Bias, variable);
    }
}
