using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class PriorNetwork : Objective<PriorNetworkAttribute>
{
    // Below, a concentration's divergence from a flat distribution has a gradient of e^−z; above, no precision is asked for.
    private const double Least = -10, Most = 20;

    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "mean KL(Dir(α) ‖ Dir(1 + B·y)) + γ·mean KL(Dir(α_u) ‖ Dir(1)), α = exp(z)";

    public override bool ReadsLabelsAlone(TermAttribute attribute) => false;

    protected override IReadOnlyList<Symbol> Symbols(PriorNetworkAttribute attribute) =>
    [
        new("Dir", "the Dirichlet distribution over class probabilities with given concentrations"),
        new("α", "its concentrations for a sample"),
        new("B", "how sharp it is to be at a label", nameof(attribute.Precision)),
        new("γ", "weight of inputs from outside of the data", nameof(attribute.OutsideWeight)),
        new("α_u", "the concentrations of inputs from outside of the data"),
    ];

    protected override void Check(PriorNetworkAttribute attribute, ResultCheck result)
    {
        if (result.RequireRows()) result.RequireSingle();
    }

    protected override Value Lower(PriorNetworkAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        StepContext step = compared.Step;
        Scalar precision = compared.Hyperparameter(attribute, nameof(attribute.Precision)),
        weight = compared.Hyperparameter(attribute, nameof(attribute.OutsideWeight));
        Value logits = compared.Logits;
        Value labels = c.Add(new RuntimeFunction(
            "ClassLabels.OneHot", new(new[] { Spelling.Join((long)compared.Classes), $"{step.Model.Arena}.Values.dtype" }),
            logits.Shape), "oneHot", compared.Label);
        Value targets = c.Add(new AddNumber(1), "targets", c.Add(new Scale(precision), "sharpened", labels));
        Value sums = c.Add(new Subtract(), "targetNormalizer",
            c.Add(new Sum(1), "targetLogGammas", c.Add(new LogGamma(), "logGammasOfTargets", targets)),
            c.Add(new LogGamma(), "logGammaOfTargetSum", c.Add(new Sum(1), "targetSum", targets)));
        Value rows = c.Add(new Multiply(), "labelledDivergences",
            c.Add(new Add(), "divergences", Dirichlets.Divergence(c, Concentrations(c, logits, ""), "", alpha => c.Add(
                new Subtract(), "excess", alpha, targets)), sums), ClassRows.Labelled(compared));
        Value inside = ClassRows.Reduce(compared, Reduction.Mean, "inside", rows);

        Value strange = step.Call(
            step.Model, step.View(step.Unlabeled, "Outside"), "outsideLogits", keepsStatistics: true);
        Value flat = Dirichlets.Divergence(c, Concentrations(c, strange, "Outside"), "Outside",
            alpha => c.Add(new AddNumber(-1), "excessOutside", alpha));

        Value outside = step.Mean("outside", c.Add(
            new AddNumber(Dirichlets.FlatNormalizer(compared.Classes)), "divergencesOutside", flat));
        return c.Add(new Add(), "priorNetwork", inside, c.Add(new Scale(weight), "weightedOutside", outside));
    }

    private static Value Concentrations(Computation c, Value logits, string suffix) => c.Add(
        new Exponential(), "concentrations" + suffix, c.Add(new Clamp(Least, Most), "heldLogits" + suffix, logits));
}
