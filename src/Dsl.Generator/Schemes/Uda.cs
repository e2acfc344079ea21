using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Uda : Scheme<UdaAttribute<object, object>>
{
    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    public override bool LeavesLabelsOut(SchemeAttribute attribute) =>
        ((UdaAttribute<object, object>)attribute).Annealing != SignalAnnealing.None;

    protected override void Prepare(UdaAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        TwoViews.Prepare(declared, step);
        if (attribute.Annealing == SignalAnnealing.None) return;
        string progress = attribute.Annealing switch
        {
            SignalAnnealing.Linear => "progress",
            SignalAnnealing.Logarithmic => "1 - Math.Exp(-5 * progress)",
            _ => "Math.Exp(5 * (progress - 1))",
        };
        step.AddFunction(new StepFunction(
            "SignalAt", "What part of the signal of labelled samples is released at a step: φ in φ·(1 − 1/K) + 1/K.",
            ["double progress = step / (double)TotalSteps;", $"return {progress};"]));
        Scalar phi = new Scalar.AtStep("SignalAt");
        step.FilterLabels((label, logits) =>
        {
            double classes = logits.Shape[1].Factor;
            Scalar limit = phi * (1 - (1 / classes)) + 1 / classes;
            Value probabilities = step.Computation.Add(
                new Softmax(), "signalProbabilities", step.Computation.Add(new StopGradient(), "signalLogits", logits));
            return step.Computation.Add(
                new RuntimeFunction("Confidence.Release", new(new[] { limit.Code }),
                    label.Type), "released", label, probabilities);
        });
    }

    protected override void Lower(UdaAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Scalar threshold = step.Hyperparameter(attribute, nameof(attribute.Threshold));
        Value weak = step.ResultTogether(TwoViews.Weak), strong = step.ResultTogether(TwoViews.Strong);
        Value sharpened = c.Add(new DivideBy(temperature), "sharpenedLogits", c.Add(new StopGradient(), "constantLogits", weak));
        Value target = c.Add(new Softmax(), "sharpenedProbabilities", sharpened);
        Value terms = c.Add(
            new Divergence(), "divergenceTerms", c.Add(new LogSoftmax(), "strongLogProbabilities", strong), target);
        Value rows = c.Add(
            new Multiply(), "sureDivergence", c.Add(new Sum(1), "viewDivergence", terms), Guesses.Sure(step, weak, threshold));
        step.AddTerm(new Term("Uda", step.Mean("uda", rows), step.Hyperparameter(attribute, nameof(attribute.Weight)),
            "mean 1[max softmax(z_w) ≥ β]·KL(softmax(z_w/T) ‖ softmax(z_s))")
        {
            Symbols =
            [
                .. TwoViews.Symbols,
                new("T", "temperature, which sharpens the target", temperature.Code, Scalar.Literal(attribute.Temperature)),
                new("β", "the least probability that counts", threshold.Code, Scalar.Literal(attribute.Threshold)),
            ],
        });
    }
}
