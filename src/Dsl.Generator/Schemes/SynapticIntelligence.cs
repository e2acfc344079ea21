using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class SynapticIntelligence : Scheme<SynapticIntelligenceAttribute>
{
    private const string State = "_synaptic";

    public override bool NeedsLabeledObjective => true;

    // Behind what else moves parameters in an update.
    public override void Finish(
        Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (SynapticIntelligenceAttribute)declared.Attribute;
        trainer.Main.BehindUpdate.Add($"{State}.EndUpdate();");
        string damping = Hyperparameters.Add(
            trainer, attribute, nameof(attribute.Damping), "SynapticIntelligenceDamping").Code;
        Tasks.AtEnd(trainer, new TaskEnd(
            $"{State}.EndTask({damping});", "parameters are held by what they did for it"));
    }

    protected override void Lower(
        SynapticIntelligenceAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var state = step.AddState(new StateNode("synaptic", State, "what each parameter did for the tasks",
            $"new SynapticContributions({step.Model.Arena})")
        {
            Type = "SynapticContributions",
            Members =
            [
                ("synaptic.importance", "Importance"), ("synaptic.anchor", "Anchor"), ("synaptic.path", "Path"),
                ("synaptic.start", "Start"), ("synaptic.begun", "Begun"),
            ],
            Property = "Synaptic",
        });
        Scalar weight = step.Hyperparameter(attribute, nameof(attribute.Weight));
        step.Phase.BeforeClipping.Add($"{State}.BeginUpdate({weight.Code});");
        step.AddTerm(new Term(
            "SynapticIntelligence",
            step.PartOfMean("synaptic", step.Penalty(state, "synapticPull"), step.Data.Type.Shape), weight,
            "sum Ω·(θ − θ_o)²")
        {
            Symbols =
            [
                new("Ω", "what each parameter did for the tasks that have ended, for the way that it went", null, null),
                new("θ", "the parameters", null, null),
                new("θ_o", "the parameters when the last task ended", null, null),
            ],
        });
    }
}
