using System.Collections.Generic;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>An objective that learns from the predictions of a given teacher.</summary>
internal abstract class Distillation<TAttribute> : Objective<TAttribute>
    where TAttribute : TermAttribute
{
    public sealed override bool TakesTeacher => true;

    protected sealed override string Notation => "T²·KL(softmax(z_t/T) ‖ softmax(z/T))";

    protected sealed override IReadOnlyList<Symbol> Symbols(TAttribute attribute) =>
    [
        new("T", "temperature, which softens both distributions", nameof(DistillAttribute.Temperature)),
        new("z_t", "the teacher's outputs"),
    ];

    protected static Value Lower(Comparison compared, Scalar temperature, Value teacher, string name)
    {
        Computation c = compared.Computation;
        Value softTeacher = c.Add(new DivideBy(temperature), "softTeacherLogits", teacher);
        Value softStudent = c.Add(new DivideBy(temperature), "softLogits", compared.Logits);
        Value target = c.Add(new Softmax(), "teacherProbabilities", softTeacher);

        // Of a class that the teacher rules out, the logarithm is infinite, and 0·log 0 is 0.
        Value logProbabilities = c.Add(new LogSoftmax(), "softLogProbabilities", softStudent);
        Value terms = c.Add(new Divergence(), "divergenceTerms", logProbabilities, target);
        Value divergence = c.Add(new Sum(1), "divergence", terms);
        return c.Add(new Scale(temperature * temperature), name, compared.Step.Mean("meanDivergence", divergence));
    }
}

internal sealed class Distill : Distillation<DistillAttribute>
{
    public override TeacherRequest Request(TermAttribute attribute)
    {
        var distill = (DistillAttribute)attribute;
        return new TeacherRequest(distill.Ensemble, distill.CacheTeacher, nameof(distill.Temperature));
    }

    public override void CheckTeacher(Bound<TermAttribute> declared, TrainerDeclaration trainer, Findings findings)
    {
        var distill = (DistillAttribute)declared.Attribute;
        const string cache = nameof(distill.CacheTeacher);
        if (distill.TeacherNoise > 0 && distill.CacheTeacher && distill.Ensemble == Ensemble.Arithmetic)
        {
            findings.Add(Catalogue.NoiseOnMean, declared.SiteOf(nameof(distill.TeacherNoise)))
                .Offer(declared.Remove(cache), declared.Set(nameof(distill.Ensemble), "Ensemble.Geometric"));
        }

        if (distill.CacheTeacher && trainer.Augment is { Policy: { } policy } augment
            && PolicyView.FirstRandom(policy) is { } random)
        {
            findings.Add(
                Catalogue.CachedAugmented, declared.SiteOf(cache), random.Site, $"[{random.Name}] of [Augment<{augment.Name}>]")
                .Offer(declared.Remove(cache));
        }

        foreach (var mixing in distill.CacheTeacher
            ? AttributeBinder.BindAll<MixingAttribute>(trainer.Attributes, new Findings()) : [])
            findings.Add(Catalogue.CachedAugmented, declared.SiteOf(cache), mixing.Site, $"[{mixing.Name}]")
                .Offer(declared.Remove(cache));
        const string probability = nameof(distill.TeacherNoiseProbability);
        if (distill.TeacherNoise == 0 && declared.Has(probability))
        {
            findings.Add(
                Catalogue.WithoutEffect, declared.SiteOf(probability), probability, declared.Name, "TeacherNoise above 0")
                .Offer(declared.Remove(probability));
        }
    }

    protected override void Check(DistillAttribute attribute, ResultCheck result)
    {
        if (attribute.Temperature is >= 1 and <= 20) return;
        result.Report(Catalogue.UnusualTemperature, nameof(attribute.Temperature), Scalar.Literal(attribute.Temperature),
            result.Name, "1", "20",
            attribute.Temperature < 1
                ? "below 1 the teacher's distribution is sharpened, and what it says of the other classes is lost"
                : "higher ones make the teacher's distribution near uniform")
            .Offer(result.Declared.Set(nameof(attribute.Temperature), attribute.Temperature < 1 ? 1 : 20));
    }

    protected override Value Lower(DistillAttribute attribute, Comparison compared)
    {
        Scalar temperature = compared.Hyperparameter(attribute, nameof(attribute.Temperature));
        Value teacher = attribute.TeacherNoise == 0 ? compared.TeacherLogits(temperature)
            : attribute.Ensemble == Ensemble.Arithmetic ? compared.Step.Rows(NoisyMean(attribute, compared, temperature))
            : compared.Step.Rows(Noisy(attribute, compared, compared.TeacherResult(temperature)));
        return Lower(compared, temperature, teacher, "distill");
    }

    private static Value Noisy(DistillAttribute attribute, Comparison compared, Value logits)
    {
        Shape shape = logits.Shape;
        Value noise = compared.Step.Draw(new DrawnNormals(NoiseName(compared), compared.Step.Data.Rows, shape.Without(0),
            $"Noise of deviation 1 on the teacher's logits, {shape}"));
        Scalar probability = compared.Hyperparameter(attribute, nameof(attribute.TeacherNoiseProbability));
        Value noisy = compared.Step.Draw(new DrawnEvents(
            NoisyName(compared), compared.Step.Data.Rows, 0, probability, "Which samples the teacher is noisy for, [N]"));
        return Apply(attribute, compared, logits, noise, noisy);
    }

    /// <summary>The logits of the mean of probabilities of which each teacher's logits are noisy on their own.</summary>
    private static Value NoisyMean(DistillAttribute attribute, Comparison compared, Scalar temperature)
    {
        Value each = compared.ResultOfEachTeacher;
        Shape one = each.Shape.Without(1);
        Value noise = compared.Step.Draw(new DrawnNormals(
            NoiseName(compared), compared.Step.Data.Rows, one.Without(0),
            $"Noise of deviation 1 on the logits of each of M teachers, {each.Shape}", compared.TeacherCount));
        Scalar probability = compared.Hyperparameter(attribute, nameof(attribute.TeacherNoiseProbability));
        Value noisy = compared.Step.Draw(new DrawnEventsOfNetworks(
            NoisyName(compared), compared.Step.Data.Rows, compared.TeacherCount, probability,
            "Which samples each of M teachers is noisy for, [N, M]"));
        string dimension = Spelling.Join(StepContext.ClassDimension(one));
        return compared.Computation.Add(
            new RuntimeFunction("TeacherEnsemble.Arithmetic", new(new[] { temperature.Code, dimension }), one), "teacherLogits",
            Apply(attribute, compared, each, noise, noisy));
    }

    private static Value Apply(DistillAttribute attribute, Comparison compared, Value logits, Value noise, Value noisy)
    {
        Scalar deviation = compared.Hyperparameter(attribute, nameof(attribute.TeacherNoise));
        return compared.Computation.Add(
            new RuntimeFunction("TeacherNoise.Apply", new(new[] { deviation.Code }), logits.Shape), "noisyTeacherLogits", logits,
            noise, noisy);
    }

    private static string NoiseName(Comparison compared) => compared.Named("Distill") + "Noise";

    private static string NoisyName(Comparison compared) => compared.Named("Distill") + "Noisy";
}

internal sealed class TeacherFreeSelf : Distillation<TeacherFreeSelfAttribute>
{
    public override bool LearnsFromItself => true;

    protected override Value Lower(TeacherFreeSelfAttribute attribute, Comparison compared)
    {
        Scalar temperature = compared.Hyperparameter(attribute, nameof(attribute.Temperature));
        return Lower(compared, temperature, compared.TeacherLogits(temperature), "teacherFreeSelf");
    }
}
