using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Objectives;

internal sealed class Distill : Objective<DistillAttribute>
{
    public override bool TakesTeacher => true;

    public override string Notation => "T²·KL(softmax(z_t/T) ‖ softmax(z/T))";

    protected override Value Lower(DistillAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Value softTeacher = c.Add(new DivideBy(temperature), "softTeacherLogits", step.TeacherLogits);
        Value softStudent = c.Add(new DivideBy(temperature), "softLogits", step.Logits);
        Value logRatio = c.Add(new Subtract(), "logRatio",
            c.Add(new LogSoftmax(), "teacherLogProbabilities", softTeacher),
            c.Add(new LogSoftmax(), "softLogProbabilities", softStudent));
        Value target = c.Add(new Softmax(), "teacherProbabilities", softTeacher);
        Value divergence = c.Add(new Sum(1), "divergence", c.Add(new Multiply(), "weightedLogRatio", target, logRatio));
        return c.Add(new Scale(temperature * temperature), "distill", c.Add(new Mean(), "meanDivergence", divergence));
    }
}
