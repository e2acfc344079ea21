using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A scheme that trains on inputs which an attack moves within a ball and a range.</summary>
/// <typeparam name="TAttribute">The attribute that declares the scheme.</typeparam>
internal abstract class AttackScheme<TAttribute> : Scheme<TAttribute>
    where TAttribute : AttackSchemeAttribute
{
    public sealed override bool NeedsLabeledObjective => true;

    public sealed override bool NeedsRealInputs => true;

    public sealed override bool TakesObjectivePass => true;

    public sealed override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (attribute, model) = ((TAttribute)declared.Attribute, networks[0]);
        Shape input = model.Network.Input.Shape;
        if (!input.Dims.Skip(1).All(dim => dim.IsKnown))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "samples of one size",
                $"'{model.Name}' takes {input}", "let it take inputs of known sizes");
        }

        if (attribute.Minimum >= attribute.Maximum)
        {
            string wrong = declared.Has(nameof(attribute.Minimum)) ? nameof(attribute.Minimum) : nameof(attribute.Maximum);
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(wrong), declared.Name, "a range of inputs",
                $"Minimum is {Scalar.Literal(attribute.Minimum)} and Maximum is {Scalar.Literal(attribute.Maximum)}",
                "let Maximum be the larger one")
                .Offer(declared.Exchange(nameof(attribute.Minimum), attribute.Minimum, nameof(attribute.Maximum),
                    attribute.Maximum));
        }

        CheckSteps(attribute, declared, findings);
    }

    /// <summary>Reports steps that do not fit the ball.</summary>
    protected virtual void CheckSteps(TAttribute attribute, Bound<SchemeAttribute> declared, Findings findings)
    {
        // Sums of steps that are meant to be ε may round below it.
        if (attribute.Steps * attribute.StepSize >= attribute.Epsilon * (1 - 1e-9)) return;
        findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(
            declared.Has(nameof(attribute.StepSize)) ? nameof(attribute.StepSize)
            : declared.Has(nameof(attribute.Epsilon)) ? nameof(attribute.Epsilon) : nameof(attribute.Steps)), declared.Name,
            "steps that reach the edge of the ball",
            $"{attribute.Steps} of {Scalar.Literal(attribute.StepSize)} stay within Epsilon = "
            + $"{Scalar.Literal(attribute.Epsilon)}",
            "let StepSize be at least Epsilon / Steps, habitually 2.5 times that")
            .Offer(declared.Set(nameof(attribute.StepSize), 2.5 * attribute.Epsilon / attribute.Steps));
    }

    protected sealed override void Check(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);

    /// <summary>ε in the present step.</summary>
    protected static Scalar Epsilon(TAttribute attribute, StepContext step) =>
        Grown(attribute, step, nameof(attribute.Epsilon), "The largest disturbance of a sample");

    /// <summary>a in the present step.</summary>
    protected static Scalar StepSize(TAttribute attribute, StepContext step) =>
        Grown(attribute, step, nameof(attribute.StepSize), "The length of a step of the attack");

    /// <summary>A step of the attack, brought back into the ball and the range.</summary>
    /// <param name="at">Where it is.</param>
    /// <param name="gradient">The gradient of what it climbs.</param>
    /// <param name="input">The middle of the ball.</param>
    protected static Value Move(
        TAttribute attribute, StepContext step, string name, Value at, Value gradient, Value input, Scalar stepSize) =>
        step.Computation.Add(new RuntimeFunction($"{attribute.Norm}Attack.Step", new(
            [stepSize.Code, Epsilon(attribute, step).Code, .. Range(attribute)]), input.Shape), name, at, gradient, input);

    /// <summary>The place that so many steps along a gradient lead to.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="input">The middle of the ball.</param>
    /// <param name="climbed">A number as a function of what the network says of an input.</param>
    protected static Value Climb(TAttribute attribute, StepContext step, Value start, Value input, int steps, Scalar stepSize,
        Func<Value, Value> climbed)
    {
        Value at = start;
        for (int i = 0; i < steps; i++)
        {
            Value watched = step.Watch(at, "searched");
            Value logits = step.Call(step.Model, watched, "searchedLogits", keepsStatistics: true);
            Value gradient = step.Gradient(climbed(logits), watched, "inputGradient");
            at = Move(attribute, step, i == steps - 1 ? "attacked" : "moved", watched, gradient, input, stepSize);
        }

        return at;
    }

    /// <summary>The batch as the network would see it, held against the range.</summary>
    protected static Value Clean(TAttribute attribute, StepContext step) => step.Computation.Add(
        new RuntimeFunction("AttackRange.Require", new(Range(attribute)), step.LabeledView.Shape), "clean", step.LabeledView);

    /// <summary>The range as arguments.</summary>
    protected static string[] Range(TAttribute attribute) =>
        [Scalar.Literal(attribute.Minimum), Scalar.Literal(attribute.Maximum)];

    /// <summary>Says at the head of the trainer what the network sees.</summary>
    protected static void Remark(TAttribute attribute, StepContext step, string how)
    {
        string norm = attribute.Norm == AttackNorm.Linf ? "‖δ‖∞" : "‖δ‖₂";
        string grows = attribute.RampUpEpochs + attribute.RampUpSteps > 0 ? ", ε and steps grow evenly" : "";
        step.Trainer.Remarks.Add((
            "attack", $"δ within {norm} ≤ ε, x + δ within [{string.Join(", ", Range(attribute))}]: {how}{grows}"));
    }

    private static Scalar Grown(TAttribute attribute, StepContext step, string property, string summary) => step.GrowsEvenly(
        AttributeBinder.ShortName(typeof(TAttribute).Name), attribute, property, attribute.RampUpEpochs, attribute.RampUpSteps,
        summary);
}
