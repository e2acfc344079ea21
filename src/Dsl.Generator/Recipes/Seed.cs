using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Seed : RecipePart<SeedAttribute>
{
    protected override void Lower(
        SeedAttribute seed, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        trainer.Seed = seed.Value;
}
