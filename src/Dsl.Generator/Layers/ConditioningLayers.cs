using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class TimestepEmbeddingLayer : Layer<TimestepEmbeddingAttribute>
{
    public override bool AcceptsIndices => true;

    protected override string Arguments(TimestepEmbeddingAttribute attribute) => $"{attribute.Features}";

    protected override Value? Lower(TimestepEmbeddingAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 1) return context.FailRank(input, "[N]");
        if (attribute.Features % 2 != 0)
        {
            return context.Fail(Catalogue.SizesDoNotFit, "features", context.Declared.Set("features", attribute.Features + 1L),
                context.Description, input.Shape.ToString(), context.Producer,
                "half of its features are sines and half cosines: give an even number of them");
        }

        Computation c = context.Computation;
        string name = context.Variable;
        long half = attribute.Features / 2;
        string numbers = string.Join(", ",
            Spelling.Join(attribute.Features), Scalar.Literal(attribute.Base), Scalar.Literal(attribute.Scale));
        string field = "_frequencies" + new string(numbers.Select(sign => char.IsLetterOrDigit(sign) ? sign : '_').ToArray());
        Value frequencies = context.Table(field.Replace("__", "_"), Shape.Of(half),
            $"SequenceTables.Frequencies({numbers}, Arena.Values)");

        // The frequencies stand first: integers become real numbers by them.
        Value angles = c.Add(new Multiply(), name + "Angles", frequencies, c.Add(new Unsqueeze(1), name + "Time", input));
        return c.Add(new Concatenate(), name,
            c.Add(new SineWave(), name + "Sines", angles), c.Add(new CosineWave(), name + "Cosines", angles));
    }
}

internal sealed class FiLMLayer : Layer<FiLMAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(FiLMAttribute attribute) => $"\"{attribute.Tag}\"";

    protected override Value? Lower(FiLMAttribute attribute, Value input, LayerContext context)
    {
        if (Tagged.Find(attribute.Tag, context) is not { } tagged) return null;
        long channels = input.Shape[1].Factor;
        if (tagged.Shape != Shape.Of(input.Shape[0], 2 * channels))
        {
            return context.Fail(Catalogue.SizesDoNotFit, "tag", context.Description, input.Shape.ToString(), context.Producer,
                $"\"{attribute.Tag}\" is {tagged.Shape}, and of {channels} channels it must be [N, {2 * channels}], a factor and "
                + $"a summand of each; end it with [Linear({2 * channels})]");
        }

        Computation c = context.Computation;
        string name = context.Variable;
        Value factors = c.Add(
            new AddNumber(1), name + "Factors",
            ChannelColumns.OfEach(c, input, c.Add(new Slice(1, 0, channels), name + "Gamma", tagged), name + "GammaOfEach"));
        Value summands = ChannelColumns.OfEach(
            c, input, c.Add(new Slice(1, channels, channels), name + "Beta", tagged), name + "BetaOfEach");
        return c.Add(new Add(), name, c.Add(new Multiply(), name + "Scaled", input, factors), summands);
    }
}

internal sealed class ChannelBiasLayer : Layer<ChannelBiasAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(ChannelBiasAttribute attribute) => $"\"{attribute.Tag}\"";

    protected override Value? Lower(ChannelBiasAttribute attribute, Value input, LayerContext context)
    {
        if (Tagged.Find(attribute.Tag, context) is not { } tagged) return null;
        long channels = input.Shape[1].Factor;
        if (tagged.Type != new TensorType(Shape.Of(input.Shape[0], channels)))
        {
            return context.Fail(Catalogue.SizesDoNotFit, "tag", context.Description, input.Shape.ToString(), context.Producer,
                $"\"{attribute.Tag}\" is {tagged.Type}, and of {channels} channels it must be [N, {channels}], a summand of "
                + $"each; end it with [Linear({channels})]");
        }

        Computation c = context.Computation;
        return c.Add(new Add(), context.Variable, input, ChannelColumns.OfEach(c, input, tagged, context.Variable + "OfEach"));
    }
}

/// <summary>Columns [N, C] as what is joined with the channels of a value [N, C, ...].</summary>
internal static class ChannelColumns
{
    public static Value OfEach(Computation c, Value input, Value columns, string name) => input.Shape.Rank == 2 ? columns
        : c.Add(
            new Reshape(Shape.Of([columns.Shape[0], columns.Shape[1], .. input.Shape.Dims.Skip(2).Select(_ => (Dim)1L)])), name,
            columns);
}
