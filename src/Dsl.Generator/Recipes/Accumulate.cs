using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Recipes;

internal sealed class Accumulate : RecipePart<AccumulateAttribute>
{
    /// <summary>The property that says how many batches an update has.</summary>
    public const string Batches = "AccumulatedBatches";

    protected override void Lower(AccumulateAttribute accumulate, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        Recipe.Add(trainer, accumulate, nameof(accumulate.Batches), Batches);
}
