using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Notation;

namespace Dsl.Generator.Objectives;

internal sealed class EntropyMinimization : Objective<EntropyMinimizationAttribute>
{
    public override bool IsRegularizer => true;

    protected override string Notation => "mean H(softmax(z_u))";

    protected override IReadOnlyList<Symbol> Symbols(EntropyMinimizationAttribute attribute) => [new("z_u", "the network's outputs for unlabelled inputs")];

    protected override string Describe(EntropyMinimizationAttribute attribute) => attribute.Labeled ? "mean H(softmax(z))" : Notation;

    protected override void Check(EntropyMinimizationAttribute attribute, ResultCheck result)
    {
        if (!attribute.Labeled) result.RequireSingle();
    }

    protected override Value Lower(EntropyMinimizationAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Value logits = attribute.Labeled ? step.Logits
            : step.Train("unlabeledLogits", step.View(step.Unlabeled, "Unlabeled"));
        Value rows = ClassRows.NegativeEntropy(step, logits, c.Add(new LogSoftmax(), "logProbabilities", logits));
        return c.Add(new Scale(-1), "entropyMinimization", step.Mean("meanNegativeEntropy", rows));
    }
}
