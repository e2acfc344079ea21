using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class PositionalEmbeddingLayer : Layer<PositionalEmbeddingAttribute>
{
    protected override string Arguments(PositionalEmbeddingAttribute attribute) =>
        attribute.Length == 0 ? "" : $"{attribute.Length}";

    protected override bool TellsPlaces(PositionalEmbeddingAttribute attribute) => true;

    protected override Value? Lower(PositionalEmbeddingAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3) return context.FailRank(input, "[N, T, D]");
        long places = input.Shape[1].Factor, length = attribute.Length == 0 ? places : attribute.Length;
        if (length < places)
        {
            return context.Fail(
                Catalogue.TooFewPositions, nameof(attribute.Length), context.Declared.Set(nameof(attribute.Length), places),
                context.Description, Attended.Number(length), input.Shape.ToString(), context.Producer, Attended.Number(places));
        }

        Value weight = context.Parameter("weight", Shape.Of(length, input.Shape[-1]), new Initialization.Normal(0.02));
        Value used = length == places ? weight : context.Rows(weight, "Used", 0, places);
        return context.Computation.Add(new Add(), context.Variable, input, used);
    }
}

internal sealed class SinusoidalEncodingLayer : Layer<SinusoidalEncodingAttribute>
{
    protected override bool TellsPlaces(SinusoidalEncodingAttribute attribute) => true;

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

internal sealed class ClassTokenLayer : Layer<ClassTokenAttribute>
{
    protected override Value? Lower(ClassTokenAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3) return context.FailRank(input, "[N, T, D]");
        Value token = context.Parameter("class_token", Shape.Of(1, 1, input.Shape[-1]), new Initialization.Constant(0));
        Value tokens = context.Computation.Add(new RepeatForSamples(), context.Variable + "Tokens", token, input);
        Value longer = context.Computation.Add(new Concatenate(), context.Variable, tokens, input);
        if (context.EndsOf(input) is not { Dimension: 1 } ends) return longer;
        var oneMore = new RuntimeFunction("SequenceEnds.Longer", new(["1"]), ends.Lengths.Type) { OnnxMethod = "Longer" };
        Value lengths = context.Computation.Add(oneMore, context.Variable + "Lengths", ends.Lengths);
        return context.WithEnds(longer, new SequenceEnds(lengths, 1));
    }
}

internal sealed class PlaceLayer : Layer<PlaceAttribute>
{
    protected override string Arguments(PlaceAttribute attribute) => Spelling.Join(attribute.Index);

    protected override Value? Lower(PlaceAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3) return context.FailRank(input, "[N, T, D]");
        if (attribute.Index == -1 && context.EndsOf(input) is { Dimension: 1 } ends)
            return context.Computation.Add(new LastOfEach(1), context.Variable, input, ends.Lengths);
        long places = input.Shape[1].Factor, index = attribute.Index < 0 ? places + attribute.Index : attribute.Index;
        return index >= 0 && index < places
            ? context.Computation.Add(new Place(index), context.Variable, input)
            : context.Fail(Catalogue.NoSuchPlace, nameof(attribute.Index),
                context.Declared.Set(nameof(attribute.Index), index < 0 ? -places : places - 1),
                context.Description, input.Shape.ToString(), context.Producer, Attended.Number(-places),
                Attended.Number(places - 1));
    }
}
