using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class EntropyMinimization : Objective<EntropyMinimizationAttribute>
{
    public override bool IsRegularizer => true;

    protected override string Notation => "mean H(softmax(z_u))";

    protected override IReadOnlyList<Symbol> Symbols(EntropyMinimizationAttribute attribute) =>
        [new("z_u", "the network's outputs for unlabelled inputs")];

    protected override string Describe(EntropyMinimizationAttribute attribute) =>
        attribute.Labeled ? "mean H(softmax(z))" : Notation;

    protected override void Check(EntropyMinimizationAttribute attribute, ResultCheck result)
    {
        if (!attribute.Labeled) result.RequireSingle();
    }

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        var attribute = (EntropyMinimizationAttribute)declared.Attribute;
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);
    }

    protected override Scalar Weight(EntropyMinimizationAttribute attribute, Comparison compared) => compared.RampedUp(
        attribute, nameof(attribute.Weight), attribute.RampUpEpochs, attribute.RampUpSteps,
        "Weight of the entropy of unlabelled inputs");

    protected override Value Lower(EntropyMinimizationAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value logits = attribute.Labeled ? compared.Logits
            : compared.Step.Call(compared.Step.Model, compared.Step.View(compared.Step.Unlabeled, "Unlabeled"),
                "unlabeledLogits", keepsStatistics: true);
        Value rows = ClassRows.NegativeEntropy(compared, logits, c.Add(new LogSoftmax(), "logProbabilities", logits));
        return c.Add(new Scale(-1), "entropyMinimization", compared.Step.Mean("meanNegativeEntropy", rows));
    }
}
