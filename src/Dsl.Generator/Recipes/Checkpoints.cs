using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Checkpoints : RecipePart<CheckpointAttribute>
{
    protected override void Check(CheckpointAttribute checkpoint, Bound<RecipeAttribute> declared, RunCheck run) =>
        run.Duration(declared, null,
        (nameof(checkpoint.EveryEpochs), checkpoint.EveryEpochs, RunUnit.Epochs),
        (nameof(checkpoint.EverySteps), checkpoint.EverySteps, RunUnit.Steps));

    // There is a best one where every epoch ends with an evaluation.
    public override void CheckTrainer(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (!trainer.KeepsBestCheckpoint || trainer.IsValidated) return;
        findings.Add(
            Catalogue.WithoutEffect, declared.SiteOf(nameof(CheckpointAttribute.KeepBest)), nameof(CheckpointAttribute.KeepBest),
            declared.Name, "an evaluation after every epoch, which this trainer's Fit has not")
            .Offer(declared.Remove(nameof(CheckpointAttribute.KeepBest)));
    }

    protected override void Lower(
        CheckpointAttribute checkpoint, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        trainer.KeptCheckpoints = checkpoint.Keep;
        trainer.KeepsBestCheckpoint = checkpoint.KeepBest;
        trainer.WaitsForCheckpoints = !checkpoint.Asynchronous;
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
