using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Vat : Scheme<VatAttribute>
{
    public override bool NeedsLabeledObjective => true;

    public override bool NeedsRealInputs => true;

    protected override void Lower(VatAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar epsilon = step.Hyperparameter(attribute, nameof(attribute.Epsilon)),
        xi = step.Hyperparameter(attribute, nameof(attribute.Xi));
        Value x = step.View(step.Unlabeled, "Vat");
        Value clean = c.Add(new Softmax(), "cleanProbabilities", step.Ask(step.Model, x, "cleanLogits", keepsStatistics: true));
        Value direction = Unit("direction", step.Draw(new DrawnNormals(
            "VatDirection", step.Unlabeled.Rows, x.Shape.Without(0), $"The direction from which the search starts, {x.Shape}")));
        for (int i = 0; i < attribute.Iterations; i++)
        {
            Value at = step.Watch(direction, "searched");
            Value moved = c.Add(new Add(), "moved", x, c.Add(new Scale(xi), "smallStep", at));
            direction = Unit("worstDirection", step.Gradient(Divergence("Moved", moved), at, "directionGradient"));
        }

        Value attacked = c.Add(new Add(), "attacked", x, c.Add(new Scale(epsilon), "disturbance", direction));
        Value loss = step.Mean("vat", RowsOf("Attacked", attacked));
        step.AddTerm(new Term(
            "Vat", loss, step.Hyperparameter(attribute, nameof(attribute.Weight)), "mean KL(softmax(z_u) ‖ softmax(z_r))")
        {
            Symbols =
            [
                new("z_u", "the network's outputs for an unlabelled input", null, null),
                new("z_r", "those for it, moved by ε in the direction in which the prediction moves most", null, null),
            ],
        });

        Value Unit(string name, Value vectors) =>
            c.Add(new RuntimeFunction("SampleVectors.Unit", default, vectors.Shape), name, vectors);

        // The mean over the batch at hand: how long the gradient is does not matter.
        Value Divergence(string name, Value input) => c.Add(new Mean(), "meanDivergence" + name, RowsOf(name, input));

        Value RowsOf(string name, Value input)
        {
            Value logits = step.Call(step.Model, input, "logits" + name, keepsStatistics: true);
            Value terms = c.Add(
                new Divergence(), "terms" + name, c.Add(new LogSoftmax(), "logProbabilities" + name, logits), clean);
            return c.Add(new Sum(1), "divergence" + name, terms);
        }
    }
}
