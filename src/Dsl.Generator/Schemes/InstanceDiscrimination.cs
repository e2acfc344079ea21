using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class InstanceDiscrimination : EmbeddingScheme<InstanceDiscriminationAttribute<object>>
{
    // Beyond it, log(1 + eˣ) is x in double precision too.
    private static readonly Softplus Softplus = new(1, 40);

    protected override void Lower(
        InstanceDiscriminationAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature)),
        momentum = step.Hyperparameter(attribute, nameof(attribute.Momentum));
        Value direction = step.Direction(
            step.Embed(step.Embedder, step.ViewOfData(declared.Declaration.Types[0], "View"), "features"), "direction");
        step.WatchSpread(direction, "the memory of the other samples: take more Negatives, or a lower Temperature");
        Value index = step.Read(step.IndexOf(Stream.Data));
        StateNode bank = step.Rows(
            "bank", "directions of the samples", Stream.Data, Shape.Of(direction.Shape[1]), startsRandom: true);
        Value own = step.ReadRows(bank, index, "ownMemory");
        IReadOnlyList<ExplainedSymbol> symbols =
        [
            new("v", "the direction of the embedding of a view of sample i", null, null),
            new("i", "a sample of the batch", null, null),
            new("m_i", "the memory of sample i", null, null),
            new("τ", "temperature", temperature.Code, Scalar.Literal(attribute.Temperature)),
        ];
        Term term = attribute.Negatives == 0
            ? AmongAll(step, direction, index, bank, temperature) with
            {
                Symbols = [.. symbols, new("k", "any sample of the data", null, null)],
            }
            : AmongDrawn(step, direction, own, bank, temperature, attribute.Negatives) with
            {
                Symbols =
                [
                    .. symbols,
                    new("J", "the negatives, drawn from all samples", null, null),
                    new("j", "one of them", null, null),
                    new("n", "how many they are", null, Scalar.Literal(attribute.Negatives)),
                    new("A", "the mean of exp(v·m/τ) over the first batch and its negatives", null, null),
                ],
            };
        step.AddTerm(term);

        Value kept = c.Add(new Scale(momentum), "keptMemory", own);
        Value added = c.Add(new Scale((Scalar)1 - momentum), "newMemory", c.Add(new StopGradient(), "seen", direction));
        step.WriteRows(bank, index, step.Direction(c.Add(new Add(), "movedMemory", kept, added), "nextMemory"));
    }

    /// <summary>The softmax over the memories of all samples.</summary>
    private static Term AmongAll(StepContext step, Value direction, Value index, StateNode bank, Scalar temperature)
    {
        Computation c = step.Computation;
        Value similarities = c.Add(new Linear(), "similarities", direction, step.ReadAllRows(bank, "memories"));
        Value rows = step.CrossEntropies("contrast", c.Add(new DivideBy(temperature), "contrastLogits", similarities), index);
        return new Term("Contrastive", step.Mean("contrastive", rows), null, "mean −log softmax(v·m_k/τ)[i]");
    }

    /// <summary>
    /// Noise-contrastive estimation, equation 7. With h = P/(P + n/S), P = exp(v·m/τ)/Z and Z = S·A the number of samples S
    /// cancels: h = σ(v·m/τ − log A − log n).
    /// </summary>
    private static Term AmongDrawn(
        StepContext step, Value direction, Value own, StateNode bank, Scalar temperature, int negatives)
    {
        Computation c = step.Computation;
        Dim rows = direction.Shape[0], width = direction.Shape[1];
        Value places = step.DrawPlaces("Negatives", bank, rows, negatives,
            $"Places of the negatives of each sample [N, {negatives}], int64, in 0, ..., one less than the number of samples");
        Value memories = c.Add(new Reshape(Shape.Of(rows, negatives, width)), "otherMemories", step.ReadRows(
            bank, c.Add(new Reshape(Shape.Of(rows * (Dim)negatives)), "allNegatives", places), "drawnMemories"));
        Value others = c.Add(new Squeeze(2), "otherSimilarities", c.Add(
            new BatchedProduct(), "otherProducts", memories, c.Add(new Unsqueeze(2), "column", direction)));
        Value ownSimilarity = c.Add(
            new SumOver(new([1]), Keep: true), "ownSimilarity", c.Add(new Multiply(), "ownProducts", direction, own));
        Value scaled = c.Add(
            new DivideBy(temperature), "scaledSimilarities", c.Add(new Concatenate(), "similarities", ownSimilarity, others));
        Value normalizer = Normalizer(step, scaled);
        Value logits = c.Add(
            new AddNumber(-Math.Log(negatives)), "contrastLogits", c.Add(new Subtract(), "ratios", scaled, normalizer));
        Value positive = c.Add(Softplus, "ownLoss", c.Add(
            new Scale(-1), "minusOwnLogit", c.Add(new Slice(1, 0, 1), "ownLogit", logits)));
        Value negative = c.Add(new SumOver(new([1]), Keep: true), "otherLoss", c.Add(
            Softplus, "otherLosses", c.Add(new Slice(1, 1, negatives), "otherLogits", logits)));
        return new Term("Contrastive", step.Mean("contrastive", c.Add(new Add(), "contrast", positive, negative)), null,
            "mean (−log h_i − Σ_{j∈J} log(1 − h_j)), h_k = σ(v·m_k/τ − log A − log n)");
    }

    /// <summary>log mean exp(s) of the first batch's similarities, constant from then on; part of a checkpoint.</summary>
    private static Value Normalizer(StepContext step, Value similarities)
    {
        StateNode state = step.AddState(new StateNode(
            "normalizer", "_normalizer", "log A, the mean exponential of the first batch",
            $"new SimilarityNormalizer({step.Model.Arena}.Values.dtype, _device)")
        {
            Type = "SimilarityNormalizer",
            Members = [("normalizer", "Value"), ("normalizer.known", "Known")],
            Waits = true,
        });
        return step.Computation.Add(
            new StateFunction(state.Field, "LogMean", new TensorType(Shape.Scalar)), "normalizer", similarities);
    }
}
