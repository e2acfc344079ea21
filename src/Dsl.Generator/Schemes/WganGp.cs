using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class WganGp : Scheme<WganGpAttribute<object>>
{
    private const string Critic = "Critic";

    private static readonly ExplainedSymbol[] Symbols =
    [
        new("x", "a sample of the data", null, null),
        new("f", "the critic, one number", null, null),
        new("G", "the generator", null, null),
        new("z", "noise", null, null),
    ];

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Learners => [Critic];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        GanNetworks.Check(declared, "critic", networks, findings);
        var critic = networks[1];
        if (!critic.Network.Computation.Nodes.Any(node => node.Operation is BatchNormalization)) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, critic.Site, declared.Name,
            "a critic that judges each sample alone",
            $"'{critic.Name}' has a batch normalisation, by which the gradient of a sample depends on the others",
            "use [LayerNorm], or none");
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer) =>
        GanNetworks.AddSample(trainer);

    protected override void Lower(WganGpAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Player judge = step.Learned(
            declared.Declaration.Types[0], Critic, "The network whose slope between samples of the generator and data is 1");
        GanNetworks.Name(step);
        step.Phase.Every = step.Hyperparameter(attribute, nameof(attribute.CriticSteps)).Code;

        StepContext before = step.Before(Critic, judge, differentiatesTwice: true);
        Computation c = before.Computation;
        Value real = before.Read(before.DataFor(judge));
        Value fake = GanNetworks.MakeConstant(before, Critic);
        Value distance = c.Add(new Subtract(), "wasserstein",
            before.Mean("meanOfSamples", before.Call(judge, fake, "ofSamples")),
            before.Mean("meanOfData", before.Call(judge, real, "ofData")));
        before.AddTerm(new Term("Wasserstein", distance, null, "mean f(G(z)) − mean f(x)") { Symbols = Symbols });
        before.AddTerm(new Term("Penalty", Penalty(before, judge, real, fake),
            before.Hyperparameter(attribute, nameof(attribute.Penalty)), "mean (‖∇f(x̂)‖₂ − 1)²")
        {
            Symbols = [.. Symbols, new("x̂", "u·x + (1 − u)·G(z), u drawn evenly from [0, 1] for each sample", null, null)],
        });

        Value made = step.Call(judge, GanNetworks.Make(step), "ofSamples");
        Value mean = step.Mean("meanOfSamples", made);
        step.AddTerm(new Term("Generator", step.Computation.Add(new Scale(-1), "generator", mean), null, "−mean f(G(z))")
        {
            Symbols = Symbols,
        });
    }

    private static Value Penalty(StepContext step, Player judge, Value real, Value fake)
    {
        Computation c = step.Computation;
        Value share = step.Draw(new DrawnReals(
            "CriticShare", Stream.Data.Rows, 1, 0.0, 1.0,
            "u, the share of the data where the critic's slope is taken, in [0, 1), [N, 1]"));
        Shape ofEach = Shape.Of([real.Shape[0], .. Enumerable.Repeat((Dim)1L, real.Shape.Rank - 1)]);
        if (ofEach.Rank != 2) share = c.Add(new Reshape(ofEach), "shareOfEach", share);
        Value between = step.Watch(c.Add(new Lerp(), "between", fake, real, share), "watched");
        Value sum = c.Add(new SumAll(), "sumBetween", step.Call(judge, between, "ofBetween"));
        Value slope = step.GradientOfTerm(sum, between, "slope");
        if (real.Shape.Rank != 2)
            slope = c.Add(new Reshape(Shape.Of(real.Shape[0], real.Shape.ElementsPerSample)), "slopeRows", slope);
        Value excess = c.Add(new AddNumber(-1), "excess", c.Add(new RowNorm(), "slopeNorm", slope));
        return step.Mean("penalty", c.Add(new Square(), "squaredExcess", excess));
    }
}
