using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

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

    protected override Value Lower(SigmoidFocalAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar gamma = compared.Hyperparameter(attribute, nameof(attribute.Gamma));
        Scalar alpha = compared.Hyperparameter(attribute, nameof(attribute.Alpha));
        return BinaryTerms.Reduce(compared, attribute.Reduction, "sigmoidFocal",
            Elements(c, compared.Result, compared.Targets, gamma, alpha));
    }

    /// <summary>The loss of each logit and its target of 1 or 0.</summary>
    public static Value Elements(Computation c, Value logits, Value targets, Scalar gamma, Scalar alpha)
    {
        Value crossEntropies = BinaryTerms.Choose(
            c, targets, "crossEntropies", BinaryTerms.PositiveLoss(c, logits), BinaryTerms.NegativeLoss(c, logits));
        Value minusLogits = c.Add(new Scale(-1), "minusLogits", logits);
        Value rest = BinaryTerms.Choose(c, targets, "rests", c.Add(new Sigmoid(), "probabilityOfNo", minusLogits),
            c.Add(new Sigmoid(), "probabilityOfYes", logits));
        Value modulation = c.Add(new Power(gamma), "modulation", c.Add(new ClampMinimum(Focal.LeastRest), "clampedRests", rest));
        Value balance = c.Add(new Add(), "balance",
            c.Add(new Scale(alpha), "balanceOfYes", targets),
            c.Add(new Scale((Scalar)1 - alpha), "balanceOfNo", BinaryTerms.Negative(c, targets)));
        Value focal = c.Add(new Multiply(), "focalElements", modulation, crossEntropies);
        return c.Add(new Multiply(), "balancedElements", focal, balance);
    }
}
