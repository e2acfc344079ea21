using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Wgan : Scheme<WganAttribute<object>>
{
    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Learners => [Critics.Critic];

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => GanNetworks.Of(attribute).Inputs;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        GanNetworks.Of(declared.Attribute).Check(declared, "critic", networks, findings);

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer) =>
        GanNetworks.Of(declared.Attribute).AddSampling(trainer);

    protected override void Check(WganAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        GanNetworks.Of(attribute).CheckArguments(declared, run.Findings);

    protected override void Lower(WganAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var networks = GanNetworks.Of(attribute);
        Player judge = step.Learned(
            declared.Declaration.Types[0], Critics.Critic,
            "The network that estimates the distance between samples of the generator and data");
        GanNetworks.Name(step);
        step.Phase.Every = step.Hyperparameter(attribute, nameof(attribute.CriticSteps)).Code;
        StepContext before = step.Before(Critics.Critic, judge);
        Field data = before.DataFor(judge);
        Value real = before.Read(data);
        Critics.AddDistance(before, networks, judge, real, networks.MakeConstant(before, Critics.Critic));
        before.Phase.AfterUpdate.AddEffect(
            new ClampParameters(judge.Field, before.Hyperparameter(attribute, nameof(attribute.Clip))));
        Critics.AddGenerator(step, networks, judge, data);
    }
}
