using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Trades : AttackScheme<TradesAttribute>
{
    private const string Held = "cleanInput";

    // Before the objectives: inputs outside of the range are refused while nothing has changed.
    protected override void Prepare(TradesAttribute attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        step.Keep(Held, [Clean(attribute, step)]);

    protected override void Lower(TradesAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Value clean = step.Kept(Held)[0], logits = step.ResultOf(null);
        Value numbers = step.Draw(new DrawnNormals("AttackStart", Stream.Data.Rows, clean.Shape.Without(0),
            $"Where the attack starts, in standard deviations, {clean.Shape}"));
        Scalar deviation = step.Hyperparameter(attribute, nameof(attribute.StartDeviation));
        Value start = c.Add(new RuntimeFunction(
            "LinfAttack.Start", new([deviation.Code, .. Range(attribute)]), clean.Shape), "start", clean, numbers);
        Value held = c.Add(
            new Softmax(), "heldProbabilities", c.Add(new StopGradient(), "heldLogits", logits));
        Scalar stepSize = StepSize(attribute, step);
        Value attacked = Climb(attribute, step, start, clean, attribute.Steps, stepSize, moved => c.Add(new Mean(), "climbed",
            c.Add(new Divergence(), "climbedTerms", c.Add(new LogSoftmax(), "climbedLogProbabilities", moved), held)));
        Value other = c.Add(new LogSoftmax(), "attackedLogProbabilities", step.Call(step.Model, attacked, "attackedLogits"));
        Value own = c.Add(new LogSoftmax(), "cleanLogProbabilities", logits);
        Value terms = c.Add(
            new Multiply(), "divergenceTerms", c.Add(new Softmax(), "cleanProbabilities", logits),
            c.Add(new Subtract(), "logRatios", own, other));
        Value loss = step.Mean("trades", c.Add(new Sum(1), "divergence", terms));
        Remark(attribute, step, $"{attribute.Steps} steps up the divergence");
        step.AddTerm(new Term("Trades", loss, step.Hyperparameter(attribute, nameof(attribute.Beta)),
            "mean KL(softmax(z) ‖ softmax(z_a))")
        {
            Symbols =
            [
                new("z", "the network's outputs", null, null),
                new("z_a", "those for the input that the attack finds", null, null),
            ],
        });
    }
}
