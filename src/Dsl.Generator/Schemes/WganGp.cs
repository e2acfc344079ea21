using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class WganGp : Scheme<WganGpAttribute<object>>
{
    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Learners => [Critics.Critic];

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => GanNetworks.Of(attribute).Inputs;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        GanNetworks.Of(declared.Attribute).Check(declared, "critic", networks, findings);
        GanNetworks.CheckJudgesAlone(declared, "critic", networks[1], findings);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer) =>
        GanNetworks.Of(declared.Attribute).AddSampling(trainer);

    protected override void Check(WganGpAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        GanNetworks.Of(attribute).CheckArguments(declared, run.Findings);

    protected override void Lower(WganGpAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var networks = GanNetworks.Of(attribute);
        Player judge = step.Learned(declared.Declaration.Types[0], Critics.Critic,
            "The network whose slope between samples of the generator and data is 1");
        GanNetworks.Name(step);
        step.Phase.Every = step.Hyperparameter(attribute, nameof(attribute.CriticSteps)).Code;

        StepContext before = step.Before(Critics.Critic, judge, differentiatesTwice: true);
        Field data = before.DataFor(judge);
        Value real = before.Read(data);
        Value fake = networks.MakeConstant(before, Critics.Critic);
        Critics.AddDistance(before, networks, judge, real, fake);
        before.AddTerm(new Term("Penalty", Penalty(before, networks, judge, real, fake),
            before.Hyperparameter(attribute, nameof(attribute.Penalty)),
            networks.Inputs.Count == 0 ? "mean (‖∇f(x̂)‖₂ − 1)²" : "mean (‖∇f(x̂, y)‖₂ − 1)²")
        {
            Symbols =
            [
                .. networks.Symbols(Critics.Letter),
                new("x̂", $"u·x + (1 − u)·{networks.Made}, u drawn evenly from [0, 1] for each sample", null, null),
            ],
        });
        Critics.AddGenerator(step, networks, judge, data);
    }

    private static Value Penalty(StepContext step, GanNetworks networks, Player judge, Value real, Value fake)
    {
        Computation c = step.Computation;
        Value share = SlopePenalty.OfEach(step, step.Draw(new DrawnReals(
            "CriticShare", Stream.Data.Rows, 1, 0.0, 1.0,
            "u, the share of the data where the critic's slope is taken, in [0, 1), [N, 1]")), real.Shape);
        Value between = step.Watch(c.Add(new Lerp(), "between", fake, real, share), "watched");
        Value slope = SlopePenalty.Rows(step, networks.Judge(step, judge, between, "ofBetween"), between);
        Value excess = c.Add(new AddNumber(-1), "excess", c.Add(new RowNorm(), "slopeNorm", slope));
        return step.Mean("penalty", c.Add(new Square(), "squaredExcess", excess));
    }
}
