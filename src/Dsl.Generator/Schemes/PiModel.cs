using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class PiModel : RampedScheme<PiModelAttribute>
{
    public override bool NeedsClasses => false;

    protected override void Lower(PiModelAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Value first = Predict("first", "First"), second = Predict("second", "Second");
        Value squares = c.Add(new Square(), "squaredDifference", c.Add(new Subtract(), "difference", first, second));
        step.AddTerm(new Term("PiModel", step.Mean("piModel", squares), Weight(attribute, step, "Weight of the Π-model's term"),
            "mean (softmax(z₁) − softmax(z₂))²")
        {
            Symbols =
            [
                new("z₁", "the network's outputs for one view of an unlabelled input", null, null),
                new("z₂", "those for another view", null, null),
            ],
        });

        Value Predict(string which, string name) => c.Add(new Softmax(), which + "Probabilities",
            step.Call(step.Model, step.View(step.Unlabeled, "PiModel" + name), which + "Logits", keepsStatistics: true));
    }
}
