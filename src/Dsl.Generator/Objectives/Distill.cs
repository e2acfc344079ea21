using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Objectives;

/// <summary>An objective that learns from the predictions of a given teacher.</summary>
internal abstract class Distillation<TAttribute> : Objective<TAttribute>
    where TAttribute : ObjectiveAttribute
{
    public sealed override bool TakesTeacher => true;

    protected sealed override string Notation => "T²·KL(softmax(z_t/T) ‖ softmax(z/T))";

    protected static Value Lower(StepContext step, Scalar temperature, Value teacher, string name)
    {
        Computation c = step.Computation;
        Value softTeacher = c.Add(new DivideBy(temperature), "softTeacherLogits", teacher);
        Value softStudent = c.Add(new DivideBy(temperature), "softLogits", step.Logits);
        Value logRatio = c.Add(new Subtract(), "logRatio",
            c.Add(new LogSoftmax(), "teacherLogProbabilities", softTeacher),
            c.Add(new LogSoftmax(), "softLogProbabilities", softStudent));
        Value target = c.Add(new Softmax(), "teacherProbabilities", softTeacher);
        Value divergence = c.Add(new Sum(1), "divergence", c.Add(new Multiply(), "weightedLogRatio", target, logRatio));
        return c.Add(new Scale(temperature * temperature), name, c.Add(new Mean(), "meanDivergence", divergence));
    }
}

internal sealed class Distill : Distillation<DistillAttribute>
{
    protected override void Check(DistillAttribute attribute, ResultCheck result)
    {
        if (attribute.Temperature is >= 1 and <= 20) return;
        result.Report(Catalogue.UnusualTemperature, nameof(attribute.Temperature), Scalar.Literal(attribute.Temperature), result.Name, "1", "20",
            attribute.Temperature < 1 ? "below 1 the teacher's distribution is sharpened, and what it says of the other classes is lost"
                : "higher ones make the teacher's distribution near uniform")
            .Offer(result.Declared.Set(nameof(attribute.Temperature), attribute.Temperature < 1 ? 1 : 20));
    }

    protected override Value Lower(DistillAttribute attribute, StepContext step)
    {
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Value teacher = attribute.TeacherNoise > 0 ? step.Rows(Noisy(attribute, step, step.TeacherResult(temperature))) : step.TeacherLogits(temperature);
        return Lower(step, temperature, teacher, "distill");
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

internal sealed class TeacherFreeSelf : Distillation<TeacherFreeSelfAttribute>
{
    protected override Value Lower(TeacherFreeSelfAttribute attribute, StepContext step)
    {
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        return Lower(step, temperature, step.TeacherLogits(temperature), "teacherFreeSelf");
    }
}
