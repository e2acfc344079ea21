using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Ewc : Scheme<EwcAttribute>
{
    private const string State = "_consolidated";

    public override bool NeedsLabeledObjective => true;

    public override void CheckLabels(Bound<SchemeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind is LabelKind.Class or LabelKind.None) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "labels that are classes",
            $"they are {kind.Words()}", "its information is that of a softmax; learn classes, or rehearse with [Rehearsal]")
            .Offer(declared.Remove());
    }

    public override void Finish(
        Bound<SchemeAttribute> declared, System.Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (EwcAttribute)declared.Attribute;
        string samples = Hyperparameters.Add(trainer, attribute, nameof(attribute.Samples), "EwcSamples").Code;
        string sampled = Spelling.Bool(attribute.Labels == FisherLabels.Sampled);
        string view = trainer.FindProcedure(Views.Fixed) is null ? "" : ", FixedView";
        string keep = attribute.Online
            ? $"Replace(information, {Hyperparameters.Add(trainer, attribute, nameof(attribute.Decay), "EwcDecay").Code})"
            : "Add(information)";
        Tasks.AtEnd(trainer, new TaskEnd(
            $"using (var information = FisherInformation.Diagonal(\n    {trainer.Model.Field}, {trainer.Model.Arena}, data, "
            + $"{samples}, {sampled}, Seed, _device{view}))\n    {State}.{keep};",
            "what it needs of the parameters is measured, and held"));
    }

    protected override void Check(EwcAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        if (attribute.Online || !declared.Has(nameof(attribute.Decay))) return;
        run.Findings.Add(Catalogue.WithoutEffect, declared.SiteOf(nameof(attribute.Decay)), nameof(attribute.Decay),
            declared.Name, "Online")
            .Offer(declared.Remove(nameof(attribute.Decay)), declared.Set(nameof(attribute.Online), "true"));
    }

    protected override void Lower(EwcAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var state = step.AddState(new StateNode("consolidated", State, "where parameters are held, and how firmly",
            $"new ConsolidatedWeights({step.Model.Arena})")
        {
            Type = "ConsolidatedWeights",
            Members = [("ewc.importance", "Importance"), ("ewc.anchor", "Anchor"), ("ewc.offset", "Offset")],
            Property = "Consolidated",
        });
        Value penalty = step.Penalty(state, "pull");
        Scalar weight = step.Hyperparameter(attribute, nameof(attribute.Weight));
        step.AddTerm(new Term("Ewc", step.PartOfMean("ewc", penalty, step.Data.Type.Shape), weight,
            "½·sum F·(θ − θ_o)²")
        {
            Symbols =
            [
                new("F", "the diagonal of the Fisher information, added up over the tasks that have ended", null, null),
                new("θ", "the parameters", null, null),
                new("θ_o", "the parameters when a task ended", null, null),
            ],
        });
    }
}
