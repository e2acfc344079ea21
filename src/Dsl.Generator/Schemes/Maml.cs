using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Maml : Scheme<MamlAttribute>
{
    private const string Parts =
        "(nameof(batch.SupportInput), batch.SupportInput), (nameof(batch.SupportLabel), batch.SupportLabel), "
        + "(nameof(batch.QueryInput), batch.QueryInput), (nameof(batch.QueryLabel), batch.QueryLabel)";

    public override bool NeedsClasses => false;

    public override bool NeedsRealInputs => true;

    public override bool NeedsLabeledObjective => true;

    public override bool StandsAlone => true;

    public override Type Replaces => typeof(TermAttribute);

    public override string AutogradReason => "takes a network at other parameters than its own";

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        if (StepContext.ObstacleAtOtherParameters(networks[0].Network) is not { } obstacle) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, networks[0].Site, declared.Name,
            "a network that is a function of its parameters and its input", $"'{networks[0].Name}' {obstacle}",
            "leave that out, or use [LayerNorm] or [GroupNorm]");
    }

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        var attribute = (MamlAttribute)declared.Attribute;
        step.Phase.Each = Stream.Episodes;
        step.Trainer.IsEvaluated = false;
        Scalar rate = step.Hyperparameter(attribute, nameof(attribute.InnerRate));
        Value support = Input("Support", "S"), parameters = step.Parameters(step.Model, "parameters");
        for (int i = 0; i < attribute.InnerSteps; i++)
        {
            Value loss = Loss("Support", support, parameters);
            Value gradient = attribute.FirstOrder
                ? step.Gradient(loss, parameters, "innerGradient")
                : step.GradientOfTerm(loss, parameters, "innerGradient");
            parameters = Descend(step, parameters, gradient, rate);
        }

        return step.Computation.Add(
            new DivideBy(Scalar.Of(Stream.Episodes.Rows)), "query", Loss("Query", Input("Query", "Q"), parameters));

        Value Input(string part, string samples)
        {
            Shape shape = step.Trainer.Network.Input.Shape.With(0, Dim.Batch(samples));
            string read = $"data.Read{part}Inputs(indices)", summary = $"Inputs of the {Words(part)}";
            return step.RowOf(
                Field(part + "Input", read, new TensorType(shape), summary, 0), part == "Support" ? "support" : "queried");
        }

        Value Loss(string part, Value input, Value at)
        {
            Value prediction = step.CallAt(step.Model, at, input, part == "Support" ? "supportOutput" : "queryOutput");
            return objective(new Comparison(step, prediction, (type, classes) => step.RowOf(
                    Field(part + "Label", $"data.Read{part}Labels(indices)", type, $"Labels of the {Words(part)}", classes),
                    part == "Support" ? "labels" : "queriedLabels")));
        }

        Field Field(string name, string read, TensorType type, string summary, int classes)
        {
            var all = type with { Shape = new Shape(new([Stream.Episodes.Rows, .. type.Shape.Dims])) };
            return step.AddField(new Field(Stream.Episodes, name, all, $"{summary} {all.Shape}", read)
            {
                Classes = classes,
                IsLabel = name.EndsWith("Label", StringComparison.Ordinal),
                Requirement = name == "SupportInput" ? $"Episodes.Require({Parts});" : null,
            });
        }
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        const string carried = "parameters", inputs = "inputs", labels = "labels", steps = "steps";
        var attribute = (MamlAttribute)declared.Attribute;
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
        Value next = Descend(
            step, before, step.Gradient(loss, at, "gradient"), step.Hyperparameter(attribute, nameof(attribute.InnerRate)));
        trainer.Procedures.Add(new Procedure(
            "Adapt", "A copy of the network after inner steps on the samples of one task; the caller owns it",
            [
                new ProcedureParameter("Tensor", inputs, $"Inputs of the samples {trainer.Network.Input.Shape}"),
                new ProcedureParameter("Tensor", labels, label.Summary) { Declared = label },
                new ProcedureParameter("int", steps, "How many steps, at least 0")
                {
                    Default = Spelling.Join(attribute.InnerSteps),
                },
            ], phase.Computation, next)
        {
            IsPublic = true,
            Samples = $"ModelInput.Samples({inputs})",
            Loop = new ProcedureLoop(steps, carried, player),
        });
    }

    protected override void Lower(MamlAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }

    private static Value Descend(StepContext step, Value parameters, Value gradient, Scalar rate) => step.Computation.Add(
        new Subtract(), "adapted", parameters, step.Computation.Add(new Scale(rate), "innerStep", gradient));

    private static string Words(string part) => $"{part.ToLowerInvariant()} samples";
}
