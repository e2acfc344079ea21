using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class TemporalEnsembling : RampedScheme<TemporalEnsemblingAttribute>
{
    protected override void Lower(TemporalEnsemblingAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar decay = step.Hyperparameter(attribute, nameof(attribute.Decay));
        Value logits = step.Call(
            step.Model, step.View(step.Unlabeled, "TemporalEnsembling"), "ensembledLogits", keepsStatistics: true);
        Value index = step.Read(step.IndexOf(Stream.Unlabeled));
        var averages = step.Rows(
            "ensemble", "averages of the predictions of each sample", Stream.Unlabeled, Shape.Of(logits.Shape[1]));
        var visits = step.Rows("visits", "how often each sample was predicted", Stream.Unlabeled, Shape.Scalar);
        Value before = step.ReadRows(averages, index, "averaged"), seen = step.ReadRows(visits, index, "visitsBefore");

        Value probabilities = c.Add(new Softmax(), "ensembledProbabilities", logits);
        Value target = c.Add(new RuntimeFunction("PredictionAverages.Target", new(new[] { decay.Code }), before.Shape),
            "ensembleTarget", before, seen);
        Value known = c.Add(
            new RuntimeFunction("PredictionAverages.Known", default, Shape.Of(logits.Shape[0], 1)), "isKnown", seen);
        Value difference = c.Add(new Subtract(), "ensembleDifference", probabilities, target);
        Value squares = c.Add(
            new Multiply(), "knownDifference", c.Add(new Square(), "squaredEnsembleDifference", difference), known);
        step.AddTerm(new Term(
            "TemporalEnsembling", step.Mean("temporalEnsembling", squares),
            Weight(attribute, step, "Weight of the averaged predictions"),
            "mean (softmax(z_u) − Z/(1 − αⁿ))²")
        {
            Symbols =
            [
                new("z_u", "the network's outputs for an unlabelled input", null, null),
                new("Z", "the moving average of its earlier predictions", null, null),
                new("α", "the share of the old average", decay.Code, Scalar.Literal(attribute.Decay)),
                new("n", "how often the input was predicted before", null, null),
            ],
        });

        Value current = c.Add(new StopGradient(), "currentProbabilities", probabilities);
        step.WriteRows(averages, index, c.Add(
            new RuntimeFunction("PredictionAverages.Next", new(new[] { decay.Code }), before.Shape), "nextAverages", before,
            current));
        step.WriteRows(visits, index, c.Add(new AddNumber(1), "nextVisits", seen));
    }
}
