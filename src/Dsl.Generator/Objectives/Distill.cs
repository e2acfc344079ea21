using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Notation;

namespace Dsl.Generator.Objectives;

/// <summary>An objective that learns from the predictions of a given teacher.</summary>
internal abstract class Distillation<TAttribute> : Objective<TAttribute>
    where TAttribute : ObjectiveAttribute
{
    public sealed override bool TakesTeacher => true;

    protected sealed override string Notation => "T²·KL(softmax(z_t/T) ‖ softmax(z/T))";

    protected sealed override IReadOnlyList<Symbol> Symbols(TAttribute attribute) =>
    [
        new("T", "temperature, which softens both distributions", nameof(DistillAttribute.Temperature)),
        new("z_t", "the teacher's outputs"),
    ];

    protected static Value Lower(StepContext step, Scalar temperature, Value teacher, string name)
    {
        Computation c = step.Computation;
        Value softTeacher = c.Add(new DivideBy(temperature), "softTeacherLogits", teacher);
        Value softStudent = c.Add(new DivideBy(temperature), "softLogits", step.Logits);
        Value target = c.Add(new Softmax(), "teacherProbabilities", softTeacher);

        // Of a class that the teacher rules out, the logarithm is infinite, and 0·log 0 is 0.
        Value logProbabilities = c.Add(new LogSoftmax(), "softLogProbabilities", softStudent);
        Value terms = c.Add(new Divergence(), "divergenceTerms", logProbabilities, target);
        Value divergence = c.Add(new Sum(1), "divergence", terms);
        return c.Add(new Scale(temperature * temperature), name, step.Mean("meanDivergence", divergence));
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
        Value teacher = attribute.TeacherNoise == 0 ? step.TeacherLogits(temperature)
            : attribute.Ensemble == Ensemble.Arithmetic ? step.Rows(NoisyMean(attribute, step, temperature))
            : step.Rows(Noisy(attribute, step, step.TeacherResult(temperature)));
        return Lower(step, temperature, teacher, "distill");
    }

    private static Value Noisy(DistillAttribute attribute, StepContext step, Value logits)
    {
        Shape shape = logits.Shape;
        Value noise = step.Draw(new DrawnNormals(NoiseName(step), step.InputRole, shape.Without(0), $"Noise of deviation 1 on the teacher's logits, {shape}"));
        Scalar probability = step.Hyperparameter(attribute, nameof(attribute.TeacherNoiseProbability));
        Value noisy = step.Draw(new DrawnEvents(NoisyName(step), step.InputRole, 0, probability, "Which samples the teacher is noisy for, [N]"));
        return Apply(attribute, step, logits, noise, noisy);
    }

    /// <summary>The logits of the mean of probabilities of which each teacher's logits are noisy on their own.</summary>
    private static Value NoisyMean(DistillAttribute attribute, StepContext step, Scalar temperature)
    {
        Value each = step.ResultOfEachTeacher;
        Shape one = each.Shape.Without(1);
        Value noise = step.Draw(new DrawnNormals(
            NoiseName(step), step.InputRole, one.Without(0), $"Noise of deviation 1 on the logits of each of M teachers, {each.Shape}", step.TeacherCount));
        Scalar probability = step.Hyperparameter(attribute, nameof(attribute.TeacherNoiseProbability));
        Value noisy = step.Draw(new DrawnEventsOfNetworks(
            NoisyName(step), step.InputRole, step.TeacherCount, probability, "Which samples each of M teachers is noisy for, [N, M]"));
        string dimension = Spelling.Join(StepContext.ClassDimension(one));
        return step.Computation.Add(
            new ImageFunction("TeacherEnsemble.Arithmetic", new(new[] { temperature.Code, dimension }), one), "teacherLogits", Apply(attribute, step, each, noise, noisy));
    }

    private static Value Apply(DistillAttribute attribute, StepContext step, Value logits, Value noise, Value noisy)
    {
        Scalar deviation = step.Hyperparameter(attribute, nameof(attribute.TeacherNoise));
        return step.Computation.Add(
            new ImageFunction("TeacherNoise.Apply", new(new[] { deviation.Code }), logits.Shape), "noisyTeacherLogits", logits, noise, noisy);
    }

    private static string NoiseName(StepContext step) => step.Named("Distill") + "Noise";

    private static string NoisyName(StepContext step) => step.Named("Distill") + "Noisy";
}

internal sealed class TeacherFreeSelf : Distillation<TeacherFreeSelfAttribute>
{
    protected override Value Lower(TeacherFreeSelfAttribute attribute, StepContext step)
    {
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        return Lower(step, temperature, step.TeacherLogits(temperature), "teacherFreeSelf");
    }
}
