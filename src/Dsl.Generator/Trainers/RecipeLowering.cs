using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
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
        var momentum = Schedule.CycledMomentum(schedule, trainer);
        foreach (var phase in trainer.Phases) LowerUpdate(trainer, phase, Of(phase), groups, momentum);

        trainer.Schedule = Schedule.Lower(schedule, trainer);
        if (!recipe.Any(part => part.Attribute is BatchSizeAttribute)) BatchSize.Lower(BatchSize.Default, trainer);
        foreach (var part in recipe.OrderBy(part => part.Attribute is not BatchSizeAttribute))
            RecipePart.Of(part.Attribute).Lower(part, trainer, findings);
        foreach (var phase in trainer.Phases)
        {
            foreach (var arena in phase.Arenas)
            {
                if (phase.Update.IsPartwise)
                    phase.Update.Parts.Add(
                        UpdateParts.Plan(
                            arena, phase.Update, arena.IsOfModel ? trainer.Groups : [], Of(phase).Attribute,
                            trainer.RateOf(arena)));
                foreach (var vector in phase.Update.State)
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

    private static void LowerUpdate(
        TrainerProgram trainer, Phase phase, Bound<OptimizerAttribute> declared, IReadOnlyList<Bound<RecipeAttribute>> groups,
        Scalar? momentum)
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
        bool isPartwise = isLayerwise || groups.Count > 0 || (decays && excepts);
        phase.Update = new UpdateProgram(
            isPartwise, groups.Any(group => group.Has(weightDecay)), isLayerwise,
            (attribute, property) => Hyperparameters.Add(trainer, attribute, property, prefix + property), momentum);
        if (decays)
            phase.Update.OwnDecay = Hyperparameters.Add(trainer, declared.Attribute, weightDecay, prefix + weightDecay).Code;
        optimizer.Lower(declared, phase.Update);
    }
}
