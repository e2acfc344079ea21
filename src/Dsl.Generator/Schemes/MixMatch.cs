using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MixMatch : RampedScheme<MixMatchAttribute>
{
    private const string Others = "unlabeledLogits", Targets = "guessedTargets";

    public override bool TakesObjectivePass => true;

    public override bool ChangesSamples => true;

    public override Type Replaces => typeof(CrossEntropyAttribute);

    public override bool NeedsRealInputs => true;

    protected override void Prepare(MixMatchAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Value labeled = step.LabeledView, first = step.View(step.Unlabeled, "First"),
        second = step.View(step.Unlabeled, "Second");
        Scalar alpha = step.Hyperparameter(attribute, nameof(attribute.Alpha)),
        temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Value guess = c.Add(
            new RuntimeFunction("Confidence.Sharpen", new(new[] { temperature.Code }), Predict(first, "first").Shape), "guess",
            Predict(first, "first"), Predict(second, "second"));

        Dim guessed = Stream.Unlabeled.Rows * 2, all = Stream.Data.Rows + guessed;
        Value drawn = step.Draw(
            new DrawnBeta("MixMatchShare", alpha, alpha, "Share l of which λ = max(l, 1 − l), in [0, 1], without dimensions"));
        Value partners = step.Draw(
            new DrawnPermutation("MixMatchPartners", all, $"The partner of each sample, a permutation [{all}]"));
        Value share = c.Add(new RuntimeFunction("Confidence.LargerShare", default, Shape.Scalar), "share", drawn);
        Value classes = step.OneHotLabels("oneHot");
        step.SeeInstead(Mix("samples", c.Add(new Concatenate(0), "samples", labeled, first, second)), (guessed, Others));
        step.Keep(Targets, c.AddMany(
            new Split(new([Stream.Data.Rows, guessed])), ["mixedLabels", "mixedGuesses"],
            Mix("targets", c.Add(new Concatenate(0), "targets", classes, guess, guess))));

        Value Predict(Value view, string which) =>
            c.Nodes.SelectMany(node => node.Outputs).FirstOrDefault(value => value.Hint == which + "Guess")
            ?? c.Add(new Softmax(), which + "Guess", step.Ask(step.Model, view, which + "GuessLogits", keepsStatistics: true));

        Value Mix(string name, Value values)
        {
            string member = char.ToUpperInvariant(name[0]) + name.Substring(1);
            return c.Add(
                new Lerp(), "mixed" + member, c.Add(new SelectRows(), "partnersOf" + member, values, partners), values, share);
        }
    }

    public override Value Replace(
        Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        // The mean over labelled samples of −Σ y'·log p.
        Computation c = step.Computation;
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", step.ResultOf(null));
        Value rows = c.Add(
            new Sum(1), "labeledRows", c.Add(new Multiply(), "labeledTerms", step.Kept(Targets)[0], logProbabilities));
        return c.Add(new Scale(-1), "crossEntropy", step.Mean("meanLogLikelihood", rows));
    }

    protected override void Lower(MixMatchAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Value probabilities = c.Add(new Softmax(), "unlabeledProbabilities", step.ResultTogether(Others));
        Value difference = c.Add(new Subtract(), "guessDifference", probabilities, step.Kept(Targets)[1]);
        Value loss = step.Mean("mixMatch", c.Add(new Square(), "squaredGuessDifference", difference));
        Scalar weight = step.GrowsEvenly(
            "MixMatch", attribute, nameof(attribute.Weight), attribute.RampUpEpochs, attribute.RampUpSteps,
            "Weight of the guessed labels");
        step.AddTerm(new Term("MixMatch", loss, weight, "mean (softmax(z_u) − q')²")
        {
            Symbols =
            [
                new("z_u", "the network's outputs for the mixed unlabelled inputs", null, null),
                new("q'", "their mixed guessed labels", null, null),
            ],
        });
    }
}
