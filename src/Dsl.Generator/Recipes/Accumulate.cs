using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Accumulate : RecipePart<AccumulateAttribute>
{
    protected override void Lower(AccumulateAttribute accumulate, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        Hyperparameters.Add(trainer, accumulate, nameof(accumulate.Batches), TrainerProgram.BatchesPerUpdate);
}
