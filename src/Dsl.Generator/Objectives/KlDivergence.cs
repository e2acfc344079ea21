using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class KlDivergence : Objective<KlDivergenceAttribute>
{
    public override LabelKind Labels => LabelKind.Distribution;

    protected override string Notation => "mean KL(t ‖ softmax(z))";

    protected override IReadOnlyList<Symbol> Symbols(KlDivergenceAttribute attribute) =>
        [new("t", "the given distribution, in place of a label")];

    protected override Value Lower(KlDivergenceAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value terms = c.Add(new Divergence(), "divergenceTerms", c.Add(new LogSoftmax(), "logProbabilities", compared.Logits),
            compared.TargetRows);
        return BinaryTerms.Reduce(compared, attribute.Reduction, "klDivergence", c.Add(new Sum(1), "divergences", terms));
    }
}
