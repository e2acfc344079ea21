using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class FlowMatching : Scheme<FlowMatchingAttribute>
{
    private const string Flow = "ConditionalFlow";

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => Networks((FlowMatchingAttribute)attribute).Inputs;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        Networks((FlowMatchingAttribute)declared.Attribute).Check(declared, networks[0], ElementType.Float, null, findings);

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (FlowMatchingAttribute)declared.Attribute;
        Shape shape = trainer.Network.Input.Shape;
        Networks(attribute).AddSampling(trainer, "Sample",
            $"Samples that noise flows to, {shape}, in evaluation mode; the caller frees them",
            (Flow, attribute.Solver.ToString()),
            [new("int", "steps", "n: equal steps from noise to samples, at least 1") { Default = "50" }], "steps", "1",
            $"Standard normal numbers [1, {shape.ToString().Substring(1)}, where sampling begins");
    }

    protected override void Check(FlowMatchingAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        Networks(attribute).CheckArguments(declared, run.Findings);

    protected override void Lower(FlowMatchingAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var networks = Networks(attribute);
        Scalar sigma = step.Hyperparameter(attribute, nameof(attribute.Sigma));
        Value data = step.Read(step.Data);
        Value noise = step.Draw(new DrawnNormals(
            "Noise", step.Data.Rows, data.Shape.Without(0), $"z, where paths begin, standard normal {data.Shape}"));
        Value time = step.Draw(new DrawnReals(
            "Time", step.Data.Rows, 0, 0.0, 1.0, "t, how far along its path each sample is, in [0, 1), [N]"));
        Value between = c.Add(
            new RuntimeFunction($"{Flow}.Between", new(new[] { sigma.Code }), data.Type), "between", data, noise, time);
        Value velocity = c.Add(
            new RuntimeFunction($"{Flow}.Velocity", new(new[] { sigma.Code }), data.Type), "velocity", data, noise);
        Value prediction = networks.Call(
            step, between, time, networks.Labels(step, attribute, nameof(attribute.LabelDropout)), "prediction");

        // The difference is of the velocity, and not of the result: the network may need its result for its derivative.
        Value errors = c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", velocity, prediction));
        step.AddTerm(new Term("Flow", step.Mean("flow", errors), null, "mean (x − (1 − σ)·z − f(x_t, t))²")
        {
            Symbols =
            [
                new("x", "a sample", null, null),
                new("z", "standard normal noise", null, null),
                new("x_t", "(1 − (1 − σ)·t)·z + t·x", null, null),
                new("t", "how far along its path a sample is, drawn evenly from [0, 1)", null, null),
                new("f", "the network", null, null),
                new("σ", "the deviation that a sample keeps", sigma.Code, Scalar.Literal(attribute.Sigma)),
            ],
        });
    }

    private static TimedNetworks Networks(FlowMatchingAttribute attribute) =>
        new(attribute.Time, attribute.Label, attribute.Classes);
}
