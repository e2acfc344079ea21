using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class PositionalEmbeddingLayer : Layer<PositionalEmbeddingAttribute>
{
    protected override string Arguments(PositionalEmbeddingAttribute attribute) => attribute.Length == 0 ? "" : $"{attribute.Length}";

    protected override Value? Lower(PositionalEmbeddingAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3) return context.FailRank(input, "[N, T, D]");
        long places = input.Shape[1].Factor, length = attribute.Length == 0 ? places : attribute.Length;
        if (length < places)
        {
            return context.Fail(Catalogue.TooFewPositions, nameof(attribute.Length), context.Description, Attended.Number(length),
                input.Shape.ToString(), context.Producer, Attended.Number(places));
        }

        Value weight = context.Parameter("weight", Shape.Of(length, input.Shape[-1]), new Initialization.Normal(attribute.Deviation));
        Value used = length == places ? weight : context.Rows(weight, "Used", 0, places);
        return context.Computation.Add(new Add(), context.Variable, input, used);
    }
}

internal sealed class SinusoidalEncodingLayer : Layer<SinusoidalEncodingAttribute>
{
    protected override Value? Lower(SinusoidalEncodingAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3) return context.FailRank(input, "[N, T, D]");
        long places = input.Shape[1].Factor, features = input.Shape[-1].Factor;
        string arguments = $"{Spelling.Join(places, features)}, {Scalar.Literal(attribute.Base)}, Arena.Values";
        Value table = context.Table(Attended.Field("_sinusoids", places, features, attribute.Base), Shape.Of(places, features),
            $"SequenceTables.Sinusoids({arguments})");
        return context.Computation.Add(new Add(), context.Variable, input, table);
    }
}
