using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Mlnt : Scheme<MlntAttribute>
{
    public override bool NeedsRealInputs => true;

    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    public override bool TakesOneBatch => true;

    public override string AutogradReason => "takes a network at other parameters than its own";

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        CleanSamples.CheckNetwork(declared, networks[0], findings);

    protected override void Lower(MlntAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player teacher = step.Average(step.Model, "teacher", "The moving average of the trained network",
            "the teacher, the average of the trained network,", trains: false, Averaging.WarmedUp(
                step.Trainer, "MlntDecayAt", "teacher's", step.Hyperparameter(attribute, nameof(attribute.Ema))));
        Value input = step.LabeledView, labels = CleanSamples.Labels(step);
        Value said = step.Ask(teacher, input, "teacherLogits");
        Value taught = c.Add(new Softmax(), "teacherProbabilities", said);
        Value taughtLogarithms = c.Add(new LogSoftmax(), "teacherLogProbabilities", said);
        Value made = step.Draw(new DrawnEvents("MlntMade", Stream.Data.Rows, attribute.Sets,
            step.Hyperparameter(attribute, nameof(attribute.Share)), "Whether a sample's label is made, in each set"));
        Value chosen = step.Draw(new DrawnIntegers("MlntNeighbor", Stream.Data.Rows, attribute.Sets, attribute.Neighbors,
            "The neighbour that it is taken from, from 0 for the nearest"));
        Value near = c.Add(new RuntimeFunction("MadeLabels.Neighbors", new(new[] { $"{attribute.Neighbors}" }),
            new TensorType(Shape.Of(said.Shape[0], Dim.Batch("K")), ElementType.Int64)), "nearest", said);
        Scalar rate = step.Hyperparameter(attribute, nameof(attribute.InnerRate));
        Value parameters = step.Parameters(step.Model, "parameters");
        Value output = step.CallAt(step.Model, parameters, input, "innerOutput");
        Value? sum = null;
        for (int i = 0; i < attribute.Sets; i++)
        {
            string of = $"OfSet{i + 1}";
            Value wrong = c.Add(new RuntimeFunction("MadeLabels.Of", new(new[] { $"{i}" }), labels.Type), "made" + of,
                labels, near, made, chosen);
            Value loss = c.Add(new Mean(), "loss" + of, step.CrossEntropies("losses" + of, output, wrong));
            Value adapted = CleanSamples.Descend(
                step, parameters, step.GradientOfTerm(loss, parameters, "gradient" + of), rate);
            Value after = c.Add(
                new LogSoftmax(), "logProbabilities" + of, step.CallAt(step.Model, adapted, input, "output" + of));
            Value divergence = c.Add(new Mean(), "divergence" + of, c.Add(new Sum(1), "divergences" + of, c.Add(
                new Multiply(), "terms" + of, taught, c.Add(new Subtract(), "difference" + of, taughtLogarithms, after))));
            sum = sum is null ? divergence : c.Add(new Add(), "sumTo" + of, sum, divergence);
        }

        step.AddTerm(new Term("Consistency", c.Add(new DivideBy(attribute.Sets), "consistency", sum!),
            step.Hyperparameter(attribute, nameof(attribute.ConsistencyWeight)), "mean KL(softmax(z_t) ‖ softmax(z'))")
        {
            Symbols =
            [
                new("z_t", "the outputs of the network's moving average", null, null),
                new("z'", "the network's after a step on made labels, in each set", null, null),
            ],
        });
    }
}
