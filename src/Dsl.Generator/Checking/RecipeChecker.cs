using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Optimizers;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Checking;

/// <summary>A trainer's recipe: optimizer, schedule and everything that stands beside them.</summary>
internal static class RecipeChecker
{
    public static void Check(
        List<Bound<OptimizerAttribute>> optimizers, List<Bound<ScheduleAttribute>> schedules, List<Bound<RecipeAttribute>> recipe, RunCheck run)
    {
        foreach (var schedule in schedules) Schedule.Check(schedule, run, optimizers.FirstOrDefault()?.Attribute);
        foreach (var optimizer in optimizers) Optimizer.Of(optimizer.Attribute).Check(optimizer, run.Findings);
        foreach (var part in recipe) RecipePart.Of(part.Attribute).Check(part, run);
    }

    public static void Lower(
        TrainerProgram trainer, Bound<OptimizerAttribute> declared, ScheduleAttribute schedule, List<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        Recipe.Add(trainer, declared.Attribute, nameof(OptimizerAttribute.LearningRate), "LearningRate");
        trainer.OptimizerName = declared.Name;
        LowerUpdate(trainer, declared, recipe);
        trainer.Schedule = Schedule.Lower(schedule, trainer);
        if (!recipe.Any(part => part.Attribute is BatchSizeAttribute)) BatchSize.Lower(BatchSize.Default, trainer);
        foreach (var part in recipe.OrderBy(part => part.Attribute is not BatchSizeAttribute))
            RecipePart.Of(part.Attribute).Lower(part, trainer, findings);
        if (!trainer.Update.IsPartwise) return;
        trainer.Update.Parts = UpdateParts.Plan(trainer.Network.Parameters, trainer.Network.Layout, trainer.Update, trainer.Groups, declared.Attribute);
        trainer.Update.AdapterParts = UpdateParts.Plan(trainer.AdapterParameters, trainer.AdapterLayout, trainer.Update, [], declared.Attribute);
    }

    private static void LowerUpdate(TrainerProgram trainer, Bound<OptimizerAttribute> declared, List<Bound<RecipeAttribute>> recipe)
    {
        const string weightDecay = nameof(ParameterGroupAttribute.WeightDecay);
        var optimizer = Optimizer.Of(declared.Attribute);
        var groups = recipe.Where(part => part.Attribute is ParameterGroupAttribute).ToList();
        bool decays = optimizer.AlwaysDecays || declared.Has(weightDecay);
        bool isLayerwise = declared.Attribute is LayerwiseAttribute;
        bool isPartwise = isLayerwise || groups.Count > 0 || (decays && !declared.Attribute.DecayVectors);
        trainer.Update = new UpdateProgram(isPartwise, groups.Any(group => group.Has(weightDecay)), isLayerwise);
        if (decays) trainer.Update.OwnDecay = Recipe.Add(trainer, declared.Attribute, weightDecay, weightDecay).Code;
        optimizer.Lower(declared, trainer.Update, trainer);
    }
}
