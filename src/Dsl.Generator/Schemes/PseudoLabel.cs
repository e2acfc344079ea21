using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class PseudoLabel : RampedScheme<PseudoLabelAttribute>
{
    protected override void Lower(PseudoLabelAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Value logits = step.Call(step.Model, step.View(step.Unlabeled, "PseudoLabel"), "guessedLogits", keepsStatistics: true);
        Scalar threshold = step.Hyperparameter(attribute, nameof(attribute.Threshold));
        Value rows = Guesses.Likelihood(step, seen: logits, trained: logits, threshold);
        step.AddTerm(
            new Term("PseudoLabel", step.Mean("pseudoLabel", rows), Weight(attribute, step, "Weight of the pseudo-labels"),
            "mean 1[max p_u ≥ τ]·(−log p_u[argmax p_u]), p_u = softmax(z_u)")
        {
            Symbols =
            [
                new("z_u", "the network's outputs for unlabelled inputs", null, null),
                new("τ", "the least probability that counts", threshold.Code, Scalar.Literal(attribute.Threshold)),
            ],
        });
    }
}
