using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Accumulate : RecipePart<AccumulateAttribute>
{
    public override bool Accumulates => true;

    protected override void Lower(
        AccumulateAttribute accumulate, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        Hyperparameters.Add(trainer, accumulate, nameof(accumulate.Batches), TrainerProgram.BatchesPerUpdate);
}
