using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MeanTeacher : Scheme<MeanTeacherAttribute>
{
    public override bool NeedsClasses => false;

    public override bool NeedsLabeledObjective => true;

    protected override void Check(MeanTeacherAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);

    protected override void Lower(MeanTeacherAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        // The average of few updates is dominated by its start: 1 − 1/(k + 1) after update k averages all of them alike.
        Scalar ema = step.Hyperparameter(attribute, nameof(attribute.Ema));
        Player teacher = step.Average(step.Model, "teacher", "The moving average of the trained network",
            "the teacher, the average of the trained network,", trains: true,
            Averaging.WarmedUp(step.Trainer, "MeanTeacherDecayAt", "teacher's", ema));
        step.Trainer.Evaluated = teacher;

        Computation c = step.Computation;
        Value student = c.Add(new Softmax(), "studentProbabilities",
            step.Call(step.Model, step.View(step.Unlabeled, "Student"), "studentLogits"));
        Value taught = c.Add(new Softmax(), "teacherProbabilities",
            step.Ask(teacher, step.View(step.Unlabeled, "Teacher"), "teacherLogits"));
        Value difference = c.Add(new Subtract(), "difference", student, taught);
        Value consistency = step.Mean("consistency", c.Add(new Square(), "squaredDifference", difference));
        Scalar weight = step.RampedUp("MeanTeacher", attribute, nameof(attribute.ConsistencyWeight),
            attribute.RampUpEpochs, attribute.RampUpSteps, "Weight of the consistency term");
        step.AddTerm(new Term("Consistency", consistency, weight, "mean (softmax(z_s) − softmax(z_t))²")
        {
            Symbols =
            [
                new("z_s", "the network's outputs for one view of an unlabelled input", null, null),
                new("z_t", "those of its moving average for another view", null, null),
            ],
        });
    }
}
