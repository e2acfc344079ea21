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
        Value teacher = attribute.TeacherNoise > 0 ? step.Rows(Noisy(attribute, step, step.TeacherResult(temperature))) : step.TeacherLogits(temperature);
        Value softTeacher = c.Add(new DivideBy(temperature), "softTeacherLogits", teacher);
        Value softStudent = c.Add(new DivideBy(temperature), "softLogits", step.Logits);
        Value logRatio = c.Add(new Subtract(), "logRatio",
            c.Add(new LogSoftmax(), "teacherLogProbabilities", softTeacher),
            c.Add(new LogSoftmax(), "softLogProbabilities", softStudent));
        Value target = c.Add(new Softmax(), "teacherProbabilities", softTeacher);
        Value divergence = c.Add(new Sum(1), "divergence", c.Add(new Multiply(), "weightedLogRatio", target, logRatio));
        return c.Add(new Scale(temperature * temperature), "distill", c.Add(new Mean(), "meanDivergence", divergence));
    }

    private static Value Noisy(DistillAttribute attribute, StepContext step, Value logits)
    {
        Scalar deviation = step.Hyperparameter(attribute, nameof(attribute.TeacherNoise));
        Scalar probability = step.Hyperparameter(attribute, nameof(attribute.TeacherNoiseProbability));
        Shape shape = logits.Shape;
        Value noise = step.Draw(new DrawnNormals(
            step.Named("Distill") + "Noise", step.InputRole, shape.Without(0), $"Noise of deviation 1 on the teacher's logits, {shape}"));
        Value noisy = step.Draw(new DrawnEvents(step.Named("Distill") + "Noisy", step.InputRole, 0, probability, "Which samples the teacher is noisy for, [N]"));
        return step.Computation.Add(
            new ImageFunction("TeacherNoise.Apply", new(new[] { deviation.Code }), shape), "noisyTeacherLogits", logits, noise, noisy);
    }
}
