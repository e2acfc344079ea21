using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Hinge : Objective<HingeAttribute>
{
    public override LabelKind Labels => LabelKind.Binary;

    public override Prediction Reads => Prediction.Scores;

    protected override string Notation => "mean max(0, m − s·z), s = 2y − 1";

    protected override IReadOnlyList<Symbol> Symbols(HingeAttribute attribute) =>
        [new("m", "the margin", nameof(attribute.Margin))];

    protected override string Describe(HingeAttribute attribute) =>
        attribute.Squared ? "mean max(0, m − s·z)², s = 2y − 1" : Notation;

    protected override Value Lower(HingeAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar margin = compared.Hyperparameter(attribute, nameof(attribute.Margin));
        Value signs = c.Add(new AddNumber(1), "minusSigns", c.Add(new Scale(-2), "minusTwice", compared.Targets));
        Value slack = c.Add(new AddNumber(margin), "slack", c.Add(new Multiply(), "minusAgreement", signs, compared.Result));
        Value hinge = c.Add(new ReLU(), "hinges", slack);
        if (attribute.Squared) hinge = c.Add(new Square(), "squaredHinges", hinge);
        return BinaryTerms.Reduce(compared, attribute.Reduction, "hinge", hinge);
    }
}

internal sealed class MultiClassHinge : ClassObjective<MultiClassHingeAttribute>
{
    public override Prediction Reads => Prediction.Scores;

    protected override string Notation => "mean (1/K)·Σ_{k≠y} max(0, m − z[y] + z[k])";

    protected override IReadOnlyList<Symbol> Symbols(MultiClassHingeAttribute attribute) =>
        [new("m", "the margin", nameof(attribute.Margin)), WeightSymbol("w", attribute)];

    protected override string Describe(MultiClassHingeAttribute attribute) =>
        $"mean ({(Weighs(attribute) ? "w[y]" : "1")}/K)·Σ_{{k≠y}} max(0, m − z[y] + "
        + $"z[k]){(attribute.Squared ? "²" : "")}";

    protected override Value Lower(MultiClassHingeAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar margin = compared.Hyperparameter(attribute, nameof(attribute.Margin));
        Value minusOwn = c.Add(
            new Unsqueeze(1), "minusOwnColumn", ClassRows.Likelihood(compared, compared.Logits, compared.Label, "minusOwn"));
        Value slack = c.Add(new AddNumber(margin), "slack", c.Add(new Add(), "lead", compared.Logits, minusOwn));
        Value hinges = c.Add(new ReLU(), "hinges", slack);
        if (attribute.Squared) hinges = c.Add(new Square(), "squaredHinges", hinges);

        // The own class is in the sum, with a term of exactly the margin.
        Scalar own = attribute.Squared ? margin * margin : margin;
        Value others = c.Add(new AddNumber(-own), "otherClasses", c.Add(new Sum(1), "allClasses", hinges));
        Value[] weights = ClassRows.Weights(compared, attribute) is { } given ? [given] : [];
        Value counted = c.Add(new LabelWeights(), "labelWeights", [compared.Label, compared.Logits, .. weights]);
        Value rows = c.Add(new Multiply(), "weightedRows", c.Add(new DivideBy(compared.Classes), "hingeRows", others), counted);
        return ClassRows.Reduce(compared, attribute.Reduction, "multiClassHinge", rows);
    }
}
