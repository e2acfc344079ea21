using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Notation;

namespace Dsl.Generator.Objectives;

internal sealed class SigmoidFocal : Objective<SigmoidFocalAttribute>
{
    public override LabelKind Labels => LabelKind.Binary;

    public override Prediction Reads => Prediction.BinaryLogits;

    protected override string Notation => "−mean α_t·(1 − p_t)^γ·log p_t, p = σ(z)";

    protected override IReadOnlyList<Symbol> Symbols(SigmoidFocalAttribute attribute) =>
    [
        new("γ", "how much less counts what is classified well", nameof(attribute.Gamma)),
        new("α_t", "weight of the label 1, and one minus that for the label 0", nameof(attribute.Alpha)),
        new("p_t", "p where the label is 1, and 1 − p where it is 0"),
    ];

    protected override Value Lower(SigmoidFocalAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Scalar gamma = step.Hyperparameter(attribute, nameof(attribute.Gamma));
        Scalar alpha = step.Hyperparameter(attribute, nameof(attribute.Alpha));
        Value crossEntropies = BinaryTerms.Choose(step, "crossEntropies", BinaryTerms.PositiveLoss(step), BinaryTerms.NegativeLoss(step));
        Value minusLogits = c.Add(new Scale(-1), "minusLogits", step.Result);
        Value rest = BinaryTerms.Choose(step, "rests", c.Add(new Sigmoid(), "probabilityOfNo", minusLogits), c.Add(new Sigmoid(), "probabilityOfYes", step.Result));
        Value modulation = c.Add(new Power(gamma), "modulation", c.Add(new ClampMinimum(Focal.LeastRest), "clampedRests", rest));
        Value balance = c.Add(new Add(), "balance",
            c.Add(new Scale(alpha), "balanceOfYes", step.Targets), c.Add(new Scale((Scalar)1 - alpha), "balanceOfNo", BinaryTerms.Negative(step)));
        Value focal = c.Add(new Multiply(), "focalElements", modulation, crossEntropies);
        return BinaryTerms.Reduce(step, attribute.Reduction, "sigmoidFocal", c.Add(new Multiply(), "balancedElements", focal, balance));
    }
}
