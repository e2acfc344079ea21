using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Notation;

namespace Dsl.Generator.Objectives;

internal sealed class KlDivergence : Objective<KlDivergenceAttribute>
{
    public override LabelKind Labels => LabelKind.Distribution;

    protected override string Notation => "mean KL(t ‖ softmax(z))";

    protected override IReadOnlyList<Symbol> Symbols(KlDivergenceAttribute attribute) => [new("t", "the given distribution, in place of a label")];

    protected override Value Lower(KlDivergenceAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Value terms = c.Add(new Divergence(), "divergenceTerms", c.Add(new LogSoftmax(), "logProbabilities", step.Logits), step.TargetRows);
        return BinaryTerms.Reduce(step, attribute.Reduction, "klDivergence", c.Add(new Sum(1), "divergences", terms));
    }
}
