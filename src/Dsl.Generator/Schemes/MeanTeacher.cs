using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Schemes;

internal sealed class MeanTeacher : Scheme
{
    public override Type Attribute => typeof(MeanTeacherAttribute);

    public override bool NeedsLabeledObjective => true;

    public override void Check(Bound<SchemeAttribute> declared, RunCheck run)
    {
        var attribute = (MeanTeacherAttribute)declared.Attribute;
        run.Duration(declared, Catalogue.RampUpTooLong,
            nameof(attribute.RampUpEpochs), attribute.RampUpEpochs, nameof(attribute.RampUpSteps), attribute.RampUpSteps);
    }

    public override void Lower(Bound<SchemeAttribute> declared, StepContext step, TrainerProgram trainer)
    {
        var attribute = (MeanTeacherAttribute)declared.Attribute;
        trainer.KeepsTeacher = true;
        Computation c = step.Computation;
        Value studentView = step.View(step.Unlabeled, "Student");
        Value student = c.Add(new Softmax(), "studentProbabilities", step.Train("studentLogits", studentView));
        Value teacherView = step.View(step.Unlabeled, "Teacher");
        Value teacher = c.Add(new Softmax(), "teacherProbabilities", step.Frozen("teacherLogits", teacherView, "_teacher"));
        Value difference = c.Add(new Subtract(), "difference", student, teacher);
        Value consistency = step.Mean("consistency", c.Add(new Square(), "squaredDifference", difference));
        Scalar weight = step.RampedUp(
            attribute, nameof(attribute.ConsistencyWeight), attribute.RampUpEpochs, attribute.RampUpSteps, "Weight of the consistency term");
        trainer.Terms.Add(new Term("Consistency", consistency, weight, "mean (softmax(z_s) − softmax(z_t))²")
        {
            Symbols =
            [
                new("z_s", "the network's outputs for one view of an unlabelled input", null, null),
                new("z_t", "those of its moving average for another view", null, null),
            ],
        });

        // The average of few updates is dominated by its start: 1 − 1/(k + 1) after update k averages all of them alike.
        Scalar ema = step.Hyperparameter(attribute, nameof(attribute.Ema));
        var decay = new Scalar.Named("MeanTeacherDecayAt(StepCount)");
        trainer.StepFunctions.Add(new StepFunction("MeanTeacherDecayAt", "Decay of the teacher's average after an update.",
            ["// After update k = step + 1 the first terms weigh alike: 1 − 1/(k + 1).", $"return Math.Min(1 - 1.0 / (step + 2), {ema.Code});"]));
        trainer.AfterUpdate.AddEffect(new AverageParameters("_teacher", "_model", decay));
        if (trainer.Network.Buffers.Count > 0) trainer.AfterUpdate.AddEffect(new CopyBuffers("_teacher", "_model"));
    }
}
