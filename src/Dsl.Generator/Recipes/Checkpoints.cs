using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Recipes;

internal sealed class Checkpoints : RecipePart<CheckpointAttribute>
{
    protected override void Check(CheckpointAttribute checkpoint, Bound<RecipeAttribute> declared, RunCheck run) => run.Duration(declared, null,
        (nameof(checkpoint.EveryEpochs), checkpoint.EveryEpochs, RunUnit.Epochs), (nameof(checkpoint.EverySteps), checkpoint.EverySteps, RunUnit.Steps));

    protected override void Lower(CheckpointAttribute checkpoint, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (checkpoint.EverySteps == 0 && checkpoint.EveryEpochs == 0) checkpoint.EveryEpochs = 1;
        trainer.CheckpointPeriod = checkpoint.EverySteps > 0
            ? Recipe.Add(trainer, checkpoint, nameof(checkpoint.EverySteps), "CheckpointEverySteps", least: 1).Code
            : $"({Recipe.Add(trainer, checkpoint, nameof(checkpoint.EveryEpochs), "CheckpointEveryEpochs", least: 1).Code} * StepsPerEpoch)";
    }
}
