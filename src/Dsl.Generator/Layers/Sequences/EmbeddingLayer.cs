using System;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class EmbeddingLayer : Layer<EmbeddingAttribute>
{
    public override bool AcceptsIndices => true;

    protected override string Arguments(EmbeddingAttribute attribute) => $"{attribute.Vocabulary}, {attribute.Features}";

    protected override Value? Lower(EmbeddingAttribute attribute, Value input, LayerContext context)
    {
        if (input.Type.Element != ElementType.Int64)
        {
            return context.Fail(Catalogue.EmbeddingOfRealNumbers, null, context.ReadIntegers(input),
                context.Description, input.Shape.ToString(), context.Producer);
        }

        if (attribute.PaddingIndex >= attribute.Vocabulary)
        {
            return context.Fail(Catalogue.PaddingIndexOutOfTable, nameof(attribute.PaddingIndex),
                context.Declared.Set(nameof(attribute.PaddingIndex), attribute.Vocabulary - 1),
                Attended.Number(attribute.PaddingIndex),
                Attended.Number(attribute.Vocabulary), Attended.Number(attribute.Vocabulary - 1));
        }

        Value weight = context.Parameter(
            "weight", Shape.Of(attribute.Vocabulary, attribute.Features), new Initialization.Normal(1));
        if (attribute.PaddingIndex >= 0) context.StartRowAtZero(weight, attribute.PaddingIndex);
        Value rows = context.Computation.Add(
            new Embedding(attribute.PaddingIndex), attribute.Scaled ? context.Variable + "Rows" : context.Variable, weight,
            input);
        return attribute.Scaled ? context.Computation.Add(new Scale(Math.Sqrt(attribute.Features)), context.Variable, rows)
            : rows;
    }
}
