using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class ConfidencePenalty : Objective<ConfidencePenaltyAttribute>
{
    public override bool IsRegularizer => true;

    protected override string Notation => "−β·mean H(softmax(z))";

    protected override IReadOnlyList<Symbol> Symbols(ConfidencePenaltyAttribute attribute) =>
    [
        new("β", $"weight of the entropy{(Ramps(attribute) ? " after a ramp-up as exp(−5(1 − t/R)²), t steps into it" : "")}",
            nameof(attribute.Beta)),
        new("Γ", "entropy from which nothing is rewarded any more, in nats", nameof(attribute.Gamma)),
    ];

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        var attribute = (ConfidencePenaltyAttribute)declared.Attribute;
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);
    }

    protected override string Describe(ConfidencePenaltyAttribute attribute)
    {
        string beta = Ramps(attribute) ? "β(t)" : "β";
        return attribute.Gamma > 0 ? $"{beta}·mean max(0, Γ − H(softmax(z)))" : $"−{beta}·mean H(softmax(z))";
    }

    private static bool Ramps(ConfidencePenaltyAttribute attribute) => attribute.RampUpEpochs + attribute.RampUpSteps > 0;

    protected override void Check(ConfidencePenaltyAttribute attribute, ResultCheck result)
    {
        double largest = Math.Log(result.Classes);
        if (attribute.Gamma > largest)
        {
            result.Report(Catalogue.ThresholdTooHigh, nameof(attribute.Gamma),
                Scalar.Literal(attribute.Gamma), result.Classes.ToString(), Scalar.Literal(Math.Round(largest, 4)))
                .Offer(result.Declared.Remove(nameof(attribute.Gamma)));
        }
    }

    protected override Value Lower(ConfidencePenaltyAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar beta = compared.RampedUp(
            attribute, nameof(attribute.Beta), attribute.RampUpEpochs, attribute.RampUpSteps, "Weight of the entropy");
        Value rows = ClassRows.NegativeEntropy(
            compared, compared.Logits, c.Add(new LogSoftmax(), "logProbabilities", compared.Logits));
        if (attribute.Gamma > 0)
        {
            Scalar threshold = compared.Hyperparameter(attribute, nameof(attribute.Gamma));
            rows = c.Add(new ReLU(), "missingEntropy", c.Add(new AddNumber(threshold), "belowThreshold", rows));
        }

        return c.Add(new Scale(beta), "confidencePenalty", compared.Step.Mean("confidence", rows));
    }
}
