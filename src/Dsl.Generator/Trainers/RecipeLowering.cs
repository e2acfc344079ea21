using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Optimizers;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Trainers;

/// <summary>The recipe of a trainer whose phases are known: learning rate, updates, schedule and everything that stands beside
/// them.</summary>
internal static class RecipeLowering
{
    public static void Lower(
        TrainerProgram trainer, IReadOnlyList<Bound<OptimizerAttribute>> optimizers, ScheduleAttribute schedule,
        IReadOnlyList<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        var groups = recipe.Where(part => part.Attribute is ParameterGroupAttribute).ToList();
        trainer.KeepsOfPasses = trainer.States.Count > 0;
        if (!recipe.Any(part => RecipePart.Of(part.Attribute).SetsStages)) CheckStages(trainer, findings);
        var momentum = Schedule.CycledMomentum(schedule, trainer);
        foreach (var phase in trainer.Phases) LowerUpdate(
            trainer, phase, Of(phase), groups, recipe.Any(part => RecipePart.Of(part.Attribute).SetsRates), momentum, findings);

        trainer.Schedule = Schedule.Lower(schedule, trainer);
        foreach (var phase in trainer.Phases)
            Optimizer.Of(Of(phase).Attribute).Complete(Of(phase), phase, trainer, findings);
        if (!recipe.Any(part => part.Attribute is BatchSizeAttribute)) BatchSize.Lower(BatchSize.Default, trainer);
        foreach (var part in recipe.OrderBy(part => part.Attribute is not BatchSizeAttribute))
            RecipePart.Of(part.Attribute).Lower(part, trainer, findings);
        foreach (var part in recipe) RecipePart.Of(part.Attribute).CheckTrainer(part, trainer, findings);
        foreach (var phase in trainer.Phases)
            Optimizer.Of(Of(phase).Attribute).CheckTrainer(Of(phase), phase, trainer, findings);
        foreach (var phase in trainer.Phases.Where(phase => phase.Place is not null))
            CheckPlace(trainer, phase, phase.Place!, findings);
        if (trainer.NonFinite is not null && trainer.Main.Remembered is { } memory)
        {
            findings.Add(Catalogue.SchemeNeeds, memory.Site, memory.Name, "a second gradient in each step",
                "what happens at a step that is not finite is decided by one pass", "remove one of the two");
        }

        foreach (var phase in trainer.Phases)
        {
            foreach (var arena in phase.Arenas)
            {
                if (phase.Update.IsPartwise)
                    phase.Update.Parts.Add(
                        UpdateParts.Plan(
                            arena, phase.Update, arena.IsOfModel ? trainer.Groups : [],
                            arena.IsOfModel ? trainer.LayerRates : [], Of(phase).Attribute, trainer.RateOf(arena),
                            phase.Matrices));
                foreach (var vector in phase.Update.AllState)
                {
                    string what = arena.Owner.Length == 0 ? vector.Summary : $"{vector.Summary} of the {arena.Words}";
                    trainer.States.Add(new StateNode(
                        arena.Saved(vector), arena.Field(vector), what, $"NewOptimizerState({arena.Code})")
                    {
                        Initial = vector.Initial,
                    });
                }
            }
        }

        Bound<OptimizerAttribute> Of(Phase phase) => optimizers.First(optimizer => optimizer.Attribute.For == phase.Prefix);
    }

    /// <summary>Reports a trained network with stages of growth whose shares nothing moves.</summary>
    private static void CheckStages(TrainerProgram trainer, Findings findings)
    {
        if (trainer.Phases.SelectMany(phase => phase.Learners).FirstOrDefault(learner => learner.Network!.Stages.Count > 0)
            is not { } growing) return;
        findings.Add(Catalogue.NeverFaded, trainer.Declaration.Trainer.Site, growing.Declaration!.Model.Site,
            growing.Declaration.Type.Name, trainer.Declaration.Type.Name);
    }

    // Parameters that are elsewhere for a while, or twice: what else looks at a pass would see them there, or see it twice.
    private static void CheckPlace(TrainerProgram trainer, Phase phase, GradientPlace place, Findings findings)
    {
        string? reason = trainer.HasSeveralPhases ? "a step has several descents, which see each other's networks"
            : phase.Each is not null ? "a step takes its rows one by one"
            : phase.Remembered is not null ? "a second gradient of each step is taken of remembered samples"
            : phase.CountsFrom is not null ? "what the optimizer keeps begins anew during the run"
            : phase.BeforeClipping.Count > 0 ? "what each update does is measured by the gradient at the present parameters"
            : phase.Combination is not null ? "the gradient of each objective is taken apart"
            : trainer.EpochStarts.Any(start => start.Fresh is not null) ? "a network begins anew during the run"
            : place.IsSecond && trainer.NonFinite is not null
                ? "what happens at a step that is not finite is decided by one pass"
            : place.IsSecond && trainer.KeepsOfPasses
                ? "the trainer keeps something of each pass, and would keep it twice" : null;
        if (reason is not null) findings.Add(Catalogue.PlaceRefused, place.Site, place.Name, reason);
    }

    private static void LowerUpdate(
        TrainerProgram trainer, Phase phase, Bound<OptimizerAttribute> declared, IReadOnlyList<Bound<RecipeAttribute>> groups,
        bool setsRates, Scalar? momentum, Findings findings)
    {
        const string weightDecay = nameof(ParameterGroupAttribute.WeightDecay);
        string prefix = phase.Prefix;
        var optimizer = Optimizer.Of(declared.Attribute);
        Hyperparameters.Add(trainer, declared.Attribute, nameof(OptimizerAttribute.LearningRate), prefix + "LearningRate");
        phase.OptimizerName = declared.Name;
        bool decays = optimizer.AlwaysDecays || declared.Has(weightDecay);
        bool isLayerwise = declared.Attribute is LayerwiseAttribute;
        bool excepts = !declared.Attribute.DecayVectors
            || phase.Arenas.Any(arena => arena.Parameters.Any(own => own.NeverDecays));
        bool isPartwise = isLayerwise || optimizer.TakesMatrices || groups.Count > 0 || setsRates
            || (decays && excepts);
        phase.Update = New();
        optimizer.Lower(declared, phase.Update);
        if (!optimizer.TakesMatrices) return;
        FindMatrices(trainer, phase, declared, findings);
        phase.Update.Others = New();
        optimizer.LowerOthers(declared, phase.Update.Others);

        UpdateProgram New() => new(
            isPartwise, groups.Any(group => group.Has(weightDecay)), isLayerwise,
            (attribute, property) => Hyperparameters.Add(trainer, attribute, property, prefix + property), momentum)
        {
            OwnDecay = decays ? Hyperparameters.Add(trainer, declared.Attribute, weightDecay, prefix + weightDecay).Code : null,
        };
    }

    private static void FindMatrices(
        TrainerProgram trainer, Phase phase, Bound<OptimizerAttribute> declared, Findings findings)
    {
        string except = Optimizer.Of(declared.Attribute).Except(declared.Attribute);
        foreach (var learner in phase.Learners)
        {
            var network = learner.Network!;
            if (network.IsOpaque)
            {
                findings.Add(Catalogue.MatricesUnknown, declared.Site, learner.Declaration!.Model.Site, declared.Name,
                    learner.Declaration.Type.Name);
                return;
            }

            var hidden = MatrixParameters.Hidden(network);
            phase.Matrices.UnionWith(network.Parameters.Where(parameter => !parameter.IsFrozen
                && hidden.Contains(parameter.Member) && !(except.Length > 0 && ParameterPath.Names(except, parameter.Name)))
                .Select(parameter => parameter.Member));
        }

        var first = phase.Learners[0];
        if (except.Length > 0 && !ParameterPath.All(first.Network!).Contains(except))
        {
            findings.Add(Catalogue.UnknownParameters, declared.SiteOf("Except"), except, first.Declaration!.Type.Name,
                ParameterPath.Known(except, first.Network!))
                .Offer(declared.Correct("Except", except, ParameterPath.All(first.Network!)));
        }
        else if (phase.Matrices.Count == 0)
        {
            findings.Add(Catalogue.NoMatrices, declared.Site, first.Declaration!.Model.Site, declared.Name,
                first.Declaration.Type.Name);
        }
    }
}
