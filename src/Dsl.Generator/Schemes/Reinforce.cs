using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Reinforce : EnvironmentScheme<ReinforceAttribute>
{
    protected override void Lower(ReinforceAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        string discount = step.Hyperparameter(attribute, nameof(attribute.Discount)).Code;
        Scalar entropy = step.Hyperparameter(attribute, nameof(attribute.Entropy));
        Act(step, $"new EpisodeSampler({Stream.Experience.Argument}, {Lived}, {step.Model.Field}, BatchSize, {discount}, "
            + $"{Spelling.Bool(attribute.Normalize)}, Seed, _device)");
        string sampler = Stream.Experience.Sampler, type = $"{step.Model.Arena}.Values.dtype";
        Value state = Observation(step, "State", "What was seen", $"{sampler}.States({type})");
        Value action = Action(step, $"{sampler}.Actions()");
        Value earned = Number(step, "Earned", "What the episode earned from there on", $"{sampler}.Returns({type})");
        Value logits = step.Call(step.Model, state, "logits");
        Value weighted = c.Add(new Multiply(), "weightedCosts", earned, step.CrossEntropies("action", logits, action));
        step.AddTerm(new Term("Policy", step.Mean("policy", weighted), null, "mean −g·log softmax(z)[a]")
        {
            Symbols =
            [
                new("g", attribute.Normalize ? "what the episode earned from there on, discounted and normalised"
                    : "what the episode earned from there on, discounted", null, null),
                new("a", "the action that was taken", null, null),
            ],
        });
        AddEntropy(step, logits, entropy);
    }
}
