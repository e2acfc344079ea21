using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A scheme of tasks, one after the other: parameters at which a few steps of descent on a task's samples lead
/// far.</summary>
/// <typeparam name="TAttribute">The attribute that declares the scheme.</typeparam>
internal abstract class EpisodeScheme<TAttribute> : Scheme<TAttribute>
    where TAttribute : SchemeAttribute
{
    /// <summary>Samples of a task, by the names of its fields.</summary>
    protected const string Support = "Support", Query = "Query";

    private const string Parts =
        "(nameof(batch.SupportInput), batch.SupportInput), (nameof(batch.SupportLabel), batch.SupportLabel), "
        + "(nameof(batch.QueryInput), batch.QueryInput), (nameof(batch.QueryLabel), batch.QueryLabel)";

    public sealed override bool NeedsClasses => false;

    public sealed override bool NeedsRealInputs => true;

    public sealed override bool NeedsLabeledObjective => true;

    public sealed override bool StandsAlone => true;

    public sealed override Type Replaces => typeof(TermAttribute);

    public sealed override string AutogradReason => "takes a network at other parameters than its own";

    /// <summary>The property with the rate of the inner steps.</summary>
    protected abstract string Rate { get; }

    /// <summary>How many inner steps there are.</summary>
    protected abstract int InnerSteps(TAttribute attribute);

    /// <summary>What of a gradient the inner steps follow.</summary>
    protected virtual Value Followed(TAttribute attribute, StepContext step, Value gradient) => gradient;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        if (StepContext.ObstacleAtOtherParameters(networks[0].Network) is not { } obstacle) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, networks[0].Site, declared.Name,
            "a network that is a function of its parameters and its input", $"'{networks[0].Name}' {obstacle}",
            "leave that out, or use [LayerNorm] or [GroupNorm]");
    }

    public sealed override void Finish(
        Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        const string carried = "parameters", inputs = "inputs", labels = "labels", steps = "steps";
        var attribute = (TAttribute)declared.Attribute;
        var phase = new Phase("", Backward.Autograd);
        phase.Computation.Section = declared.Name;
        var step = new StepContext(trainer, phase);
        Player player = trainer.Evaluated;
        Value before = step.Argument(carried, new TensorType(Shape.Of(player.Network!.Layout.Trainable.Length)));
        Value at = step.Watch(before, "watched");
        Value prediction = step.CallAt(player, at, step.Argument(inputs, trainer.Network.Input.Type), "output");
        Field label = null!;
        Value loss = objective(new Comparison(step, prediction, (type, classes) =>
        {
            label = new Field(Stream.Data, labels, type, $"Their labels {type.Shape}", labels) { Classes = classes };
            return step.Argument(labels, type);
        }));
        Value next = Descend(attribute, step, before, step.Gradient(loss, at, "gradient"));
        trainer.Procedures.Add(new Procedure(
            "Adapt", "A copy of the network after inner steps on the samples of one task; the caller owns it",
            [
                new ProcedureParameter("Tensor", inputs, $"Inputs of the samples {trainer.Network.Input.Shape}"),
                new ProcedureParameter("Tensor", labels, label.Summary) { Declared = label },
                new ProcedureParameter("int", steps, "How many steps, at least 0")
                {
                    Default = Spelling.Join(InnerSteps(attribute)),
                },
            ], phase.Computation, next)
        {
            IsPublic = true,
            Samples = $"ModelInput.Samples({inputs})",
            Loop = new ProcedureLoop(steps, carried, player),
        });
    }

    protected sealed override void Lower(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }

    /// <summary>Takes tasks one by one.</summary>
    protected static void Begin(StepContext step)
    {
        step.Phase.Each = Stream.Episodes;
        step.Trainer.IsEvaluated = false;
    }

    /// <summary>The inputs of a part of the task at hand.</summary>
    protected static Value Input(StepContext step, string part)
    {
        Shape shape = step.Trainer.Network.Input.Shape.With(0, Dim.Batch(part == Support ? "S" : "Q"));
        string read = $"data.Read{part}Inputs(indices)", summary = $"Inputs of the {Words(part)}";
        return step.RowOf(
            Field(step, part + "Input", read, new TensorType(shape), summary, 0), part == Support ? "support" : "queried");
    }

    /// <summary>The objective on a part of the task at hand.</summary>
    /// <param name="at">The network's parameters.</param>
    protected static Value Loss(
        StepContext step, string part, Value input, Value at, Func<Comparison, Value> objective)
    {
        Value prediction = step.CallAt(step.Model, at, input, part == Support ? "supportOutput" : "queryOutput");
        return objective(new Comparison(step, prediction, (type, classes) => step.RowOf(
            Field(step, part + "Label", $"data.Read{part}Labels(indices)", type, $"Labels of the {Words(part)}", classes),
            part == Support ? "labels" : "queriedLabels")));
    }

    /// <summary>Parameters after an inner step.</summary>
    protected Value Descend(TAttribute attribute, StepContext step, Value parameters, Value gradient) => step.Computation.Add(
        new Subtract(), "adapted", parameters, step.Computation.Add(
            new Scale(step.Hyperparameter(attribute, Rate)), "innerStep", Followed(attribute, step, gradient)));

    private static Field Field(StepContext step, string name, string read, TensorType type, string summary, int classes)
    {
        var all = type with { Shape = new Shape(new([Stream.Episodes.Rows, .. type.Shape.Dims])) };
        return step.AddField(new Field(Stream.Episodes, name, all, $"{summary} {all.Shape}", read)
        {
            Classes = classes,
            IsLabel = name.EndsWith("Label", StringComparison.Ordinal),
            Requirement = name == "SupportInput" ? $"Episodes.Require({Parts});" : null,
        });
    }

    private static string Words(string part) => $"{part.ToLowerInvariant()} samples";
}
