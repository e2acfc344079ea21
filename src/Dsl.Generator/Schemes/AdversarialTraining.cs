using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class AdversarialTraining : AttackScheme<AdversarialTrainingAttribute>
{
    public override bool NeedsClasses => false;

    public override Type Replaces => typeof(TermAttribute);

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        var attribute = (AdversarialTrainingAttribute)declared.Attribute;
        Computation c = step.Computation;
        string? section = c.Section;
        c.Section = declared.Name;
        bool isSingle = attribute.Attack == Attack.Fgsm;
        Value clean = Clean(attribute, step);
        Scalar epsilon = Epsilon(attribute, step), stepSize = isSingle ? epsilon : StepSize(attribute, step);
        Value start = !isSingle && attribute.RandomStart ? Start(attribute, step, clean, epsilon) : clean;
        Value attacked = Climb(attribute, step, start, clean, isSingle ? 1 : attribute.Steps, stepSize, logits => Loss(logits));
        Remark(attribute, step, isSingle ? "FGSM" : $"PGD of {attribute.Steps} steps");
        c.Section = section;
        step.SeeInstead(attacked);
        Value loss = objective(new Comparison(step, of: null));
        if (attribute.CleanShare == 0) return loss;
        Scalar share = step.Hyperparameter(attribute, nameof(attribute.CleanShare));
        Value ofClean = Loss(step.Call(step.Model, clean, "cleanLogits"));
        return c.Add(new Add(), "sharedLoss", c.Add(new Scale(share), "cleanPart", ofClean),
            c.Add(new Scale(1.0 - share), "attackedPart", loss));

        Value Loss(Value logits) => objective(new Comparison(
            step, logits, (type, classes) => step.ReadLabel(type, $"Labels {type}", classes)));
    }

    protected override void CheckSteps(
        AdversarialTrainingAttribute attribute, Bound<SchemeAttribute> declared, Findings findings)
    {
        if (attribute.Attack == Attack.Pgd)
        {
            base.CheckSteps(attribute, declared, findings);
            return;
        }

        foreach (string argument in (string[])[
            nameof(attribute.StepSize), nameof(attribute.Steps), nameof(attribute.RandomStart)])
        {
            if (!declared.Has(argument)) continue;
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(argument), declared.Name,
                "no more than Epsilon for FGSM, which makes one step of that length from the input itself",
                $"{argument} is declared", "remove it, or declare Attack.Pgd").Offer(declared.Remove(argument));
        }
    }

    protected override void Lower(
        AdversarialTrainingAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }

    private static Value Start(AdversarialTrainingAttribute attribute, StepContext step, Value clean, Scalar epsilon)
    {
        Shape sample = clean.Shape.Without(0);
        EquatableArray<string> arguments = new(new[] { epsilon.Code }.Concat(Range(attribute)));
        if (attribute.Norm == AttackNorm.Linf)
        {
            Value drawn = step.Draw(new DrawnReals("AttackStart", Stream.Data.Rows, sample.ElementsPerSample, -1.0, 1.0,
                $"Where the attack starts, in units of ε, from [-1, 1), [N, {sample.ElementsPerSample}]"));
            return step.Computation.Add(new RuntimeFunction("LinfAttack.Start", arguments, clean.Shape), "start", clean, drawn);
        }

        Value direction = step.Draw(new DrawnNormals(
            "AttackDirection", Stream.Data.Rows, sample, $"The direction in which the attack starts, {clean.Shape}"));
        Value volume = step.Draw(new DrawnReals("AttackVolume", Stream.Data.Rows, 1, 0.0, 1.0,
            "The share of the ball's volume within which the attack starts, from [0, 1), [N, 1]"));
        return step.Computation.Add(
            new RuntimeFunction("L2Attack.Start", arguments, clean.Shape), "start", clean, direction, volume);
    }
}
