using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Ldam : ClassObjective<LdamAttribute>
{
    protected override string Notation => "−mean log softmax(s·(z − m·y·Δ))[y]";

    protected override IReadOnlyList<Symbol> Symbols(LdamAttribute attribute) =>
    [
        new("s", "factor of the logits", nameof(attribute.Scale)),
        new("m", "the margin of the rarest class", nameof(attribute.MaxMargin)),
        new("Δ", "(n_min/n)^(1/4) of the samples of each class"),
        WeightSymbol("w", attribute, "; a mean is divided by the labels' weights"),
    ];

    protected override string Describe(LdamAttribute attribute) =>
        Weighs(attribute) ? Notation.Replace("log", "w[y]·log") : Notation;

    protected override bool ReadsCounts(LdamAttribute attribute) => true;

    protected override void Check(LdamAttribute attribute, ResultCheck result)
    {
        base.Check(attribute, result);
        RequireSamples(attribute, result);
    }

    protected override Value Lower(LdamAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        double least = attribute.ClassCounts?.Min() ?? 1;
        Value margins = compared.ClassNumbers(attribute, "Margins",
            attribute.ClassCounts?.Select(count => Math.Pow(least / count, 0.25)).ToArray(), "ClassFrequencies.Margins");
        Value lead = c.Add(new Scale(compared.Hyperparameter(attribute, nameof(attribute.MaxMargin))), "margin",
            c.Add(new Multiply(), "ownMargin", ClassRows.OneHot(compared), margins));
        Value logits = c.Add(new Scale(compared.Hyperparameter(attribute, nameof(attribute.Scale))), "scaledLogits",
            c.Add(new Subtract(), "logitsWithMargin", compared.Logits, lead));
        return ClassRows.Likelihood(
            compared, attribute.Reduction, "ldam", c.Add(new LogSoftmax(), "logProbabilities", logits), compared.Label,
            ClassRows.Weights(compared, attribute));
    }
}
