using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class CrossEntropy : ClassObjective<CrossEntropyAttribute>
{
    public override bool ReadsLabelsAlone(TermAttribute attribute) =>
        base.ReadsLabelsAlone(attribute)
        && attribute is not CrossEntropyAttribute { Smoothing: Smoothing.Unigram, ClassFrequencies: null };

    protected override string CountReaders => $"{base.CountReaders} or {nameof(CrossEntropyAttribute.LogitAdjustment)}";

    protected override string Notation => "−mean log softmax(z)[y]";

    protected override IReadOnlyList<Symbol> Symbols(CrossEntropyAttribute attribute) =>
    [
        new("ε", "the share of the target that is spread over all classes", nameof(attribute.LabelSmoothing)),
        new("u", attribute.Smoothing == Smoothing.Uniform ? "what is spread: 1/K for every class"
            : "what is spread: how frequent each class is"),
        WeightSymbol("w", attribute, "; a mean is divided by the labels' weights"),
        new("τ", "factor of the classes' log-frequencies", nameof(attribute.LogitAdjustment)),
        new("π", "how frequent each class is"),
    ];

    protected override string Describe(CrossEntropyAttribute attribute)
    {
        string mean = attribute.Reduction == Reduction.Sum ? "sum" : "mean";
        string logits = attribute.LogitAdjustment > 0 ? "z + τ·log π" : "z", weight = Weighs(attribute) ? "w[y]·" : "";
        string likelihood = $"{weight}log softmax({logits})[y]";
        return attribute.LabelSmoothing == 0 ? $"−{mean} {likelihood}"
            : $"−{mean} ((1 − ε)·{likelihood} + ε·Σ u·{(Weighs(attribute) ? "w·" : "")}log softmax({logits}))";
    }

    protected override void Check(CrossEntropyAttribute attribute, ResultCheck result)
    {
        base.Check(attribute, result);
        if (attribute.LogitAdjustment > 0) RequireSamples(attribute, result);
        result.OneForEachClass(nameof(attribute.ClassFrequencies), attribute.ClassFrequencies);
        if (attribute.ClassFrequencies is not null && attribute.Smoothing != Smoothing.Unigram)
        {
            result.Report(Catalogue.WithoutEffect, nameof(attribute.ClassFrequencies),
                nameof(attribute.ClassFrequencies), result.Name, "Smoothing = Smoothing.Unigram")
                .Offer(result.Declared.Set(nameof(attribute.Smoothing), "Smoothing.Unigram"),
                    result.Declared.Remove(nameof(attribute.ClassFrequencies)));
        }

        if (attribute.Smoothing == Smoothing.Unigram && attribute.LabelSmoothing == 0)
        {
            result.Report(Catalogue.WithoutEffect, nameof(attribute.Smoothing), nameof(attribute.Smoothing), result.Name,
                "LabelSmoothing")
                .Offer(result.Declared.Set(nameof(attribute.LabelSmoothing), 0.1),
                    result.Declared.Remove(nameof(attribute.Smoothing)));
        }

        if (attribute.LabelSmoothing > 0.3)
        {
            string smoothing = Scalar.Literal(attribute.LabelSmoothing);
            string share = attribute.Smoothing == Smoothing.Uniform ? $" + {smoothing}/{result.Classes}" : "";
            result.Report(Catalogue.StrongSmoothing, nameof(attribute.LabelSmoothing), smoothing,
                Scalar.Literal(1 - attribute.LabelSmoothing) + share)
                .Offer(result.Declared.Set(nameof(attribute.LabelSmoothing), 0.1));
        }
    }

    protected override Value Lower(CrossEntropyAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", Adjusted(attribute, compared));
        Value? weights = ClassRows.Weights(compared, attribute);
        bool smooths = attribute.LabelSmoothing > 0;
        Value likelihood = ClassRows.Likelihood(
            compared, attribute.Reduction, smooths ? "likelihood" : "crossEntropy", logProbabilities, compared.Label, weights);
        if (!smooths) return likelihood;

        Scalar smoothing = compared.Hyperparameter(attribute, nameof(attribute.LabelSmoothing));
        Value rows = c.Add(new Multiply(), "labelledSpread", Spread(attribute, compared, logProbabilities, weights),
            ClassRows.Labelled(compared));
        Value spread = ClassRows.Reduce(
            compared, attribute.Reduction, attribute.Reduction == Reduction.Mean ? "meanSpread" : "spreadSum", rows, weights);

        return c.Add(new Subtract(), "crossEntropy",
            c.Add(new Scale((Scalar)1 - smoothing), "sharpPart", likelihood), c.Add(new Scale(smoothing), "smoothPart", spread));
    }

    protected override bool ReadsCounts(CrossEntropyAttribute attribute) =>
        base.ReadsCounts(attribute) || attribute.LogitAdjustment > 0;

    /// <summary>z + τ·log π, [M, K].</summary>
    private static Value Adjusted(CrossEntropyAttribute attribute, Comparison compared)
    {
        if (attribute.LogitAdjustment == 0) return compared.Logits;
        double sum = attribute.ClassCounts?.Sum() ?? 1;
        Value logarithms = compared.ClassNumbers(attribute, "ClassLogarithms",
            attribute.ClassCounts?.Select(count => Math.Log(count / sum)).ToArray(), "ClassFrequencies.Logarithms");
        Computation c = compared.Computation;
        return c.Add(new Add(), "adjustedLogits", compared.Logits, c.Add(
            new Scale(compared.Hyperparameter(attribute, nameof(attribute.LogitAdjustment))), "adjustment", logarithms));
    }

    /// <summary>Σ u·w·log p of each row, [M].</summary>
    private static Value Spread(CrossEntropyAttribute attribute, Comparison compared, Value logProbabilities, Value? weights)
    {
        Computation c = compared.Computation;
        Value terms = weights is null ? logProbabilities
            : c.Add(new Multiply(), "weightedLogProbabilities", logProbabilities, weights);
        if (attribute.Smoothing == Smoothing.Uniform)
            return c.Add(new DivideBy(compared.Classes), "spread", c.Add(new Sum(1), "spreadTerms", terms));
        Value frequencies = compared.Frequencies(attribute, nameof(attribute.ClassFrequencies), attribute.ClassFrequencies);
        return c.Add(new Sum(1), "spread", c.Add(new Multiply(), "spreadTerms", terms, frequencies));
    }
}
