using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Checkpoints : RecipePart<CheckpointAttribute>
{
    protected override void Check(CheckpointAttribute checkpoint, Bound<RecipeAttribute> declared, RunCheck run) =>
        run.Duration(declared, null,
        (nameof(checkpoint.EveryEpochs), checkpoint.EveryEpochs, RunUnit.Epochs),
        (nameof(checkpoint.EverySteps), checkpoint.EverySteps, RunUnit.Steps));

    protected override void Lower(
        CheckpointAttribute checkpoint, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (checkpoint.EverySteps > 0)
        {
            trainer.CheckpointPeriod = Hyperparameters
                .Add(trainer, checkpoint, nameof(checkpoint.EverySteps), "CheckpointEverySteps", least: 1).Code;
            return;
        }

        string epochs = Hyperparameters.Add(
            trainer, checkpoint, nameof(checkpoint.EveryEpochs), "CheckpointEveryEpochs", least: 1,
            given: Math.Max(1, checkpoint.EveryEpochs)).Code;
        trainer.CheckpointPeriod = $"({epochs} * StepsPerEpoch)";
    }
}
