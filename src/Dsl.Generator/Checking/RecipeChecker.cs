using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Lowering;
using Dsl.Generator.Optimizers;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Checking;

/// <summary>A trainer's recipe: optimizer, schedule and everything that stands beside them.</summary>
internal static class RecipeChecker
{
    public static void Check(
        List<Bound<OptimizerAttribute>> optimizers, List<Bound<ScheduleAttribute>> schedules,
        List<Bound<RecipeAttribute>> recipe, RunCheck run)
    {
        foreach (var schedule in schedules)
        {
            if (optimizers.Count == 0) Schedule.Check(schedule, run, null);
            foreach (var optimizer in optimizers)
            {
                Schedule.Check(schedule, run, optimizer.Attribute);
                Optimizer.Of(optimizer.Attribute).CheckSchedule(optimizer, schedule, run.Findings);
            }
        }

        foreach (var optimizer in optimizers) Optimizer.Of(optimizer.Attribute).Check(optimizer, run.Findings);
        foreach (var part in recipe) RecipePart.Of(part.Attribute).Check(part, run);
    }
}
