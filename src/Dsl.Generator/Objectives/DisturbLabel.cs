using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class DisturbLabel : Objective<DisturbLabelAttribute>
{
    // The largest number up to which float32, in which libtorch compares, has every integer.
    private const int Chances = 1 << 24;

    public override LabelKind Labels => LabelKind.Class;

    public override bool ReadsLabelsAlone(TermAttribute attribute) => false;

    protected override string Notation => "−mean log softmax(z)[y'], y' = y but redrawn with probability α";

    protected override IReadOnlyList<Symbol> Symbols(DisturbLabelAttribute attribute) =>
        [new("α", "how probably a label is redrawn, over all classes", nameof(attribute.Alpha))];

    protected override Value Lower(DisturbLabelAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar alpha = compared.Hyperparameter(attribute, nameof(attribute.Alpha));
        Value labels = compared.Label;
        Value chance = compared.DrawForLabels("DisturbLabelChance", Chances,
            $"Integers in [0, {Chances}): a label is redrawn where its number is below α times that");
        Value redrawn = compared.DrawForLabels("DisturbLabelClass", compared.Classes, "The class of each label that is redrawn");
        Value disturbed = c.Add(new ReplaceLabels(alpha * Chances), "disturbedLabels", labels, chance, redrawn);
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", compared.Logits);
        return ClassRows.Likelihood(compared, attribute.Reduction, "disturbLabel", logProbabilities, disturbed);
    }
}
