using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Recipes;

internal sealed class BatchSize : RecipePart<BatchSizeAttribute>
{
    /// <summary>What a trainer reads that does not say how much.</summary>
    public static BatchSizeAttribute Default => new(64);

    protected override void Lower(BatchSizeAttribute batch, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (batch.Unlabeled > 0 && !ReadsUnlabeled(trainer))
        {
            findings.Add(Catalogue.UnusedUnlabeledSize, declared.SiteOf(nameof(batch.Unlabeled)),
                batch.Unlabeled.ToString(), trainer.Declaration.Type.Name).Offer(declared.Remove(nameof(batch.Unlabeled)));
        }

        Lower(batch, trainer);
    }

    public static void Lower(BatchSizeAttribute batch, TrainerProgram trainer)
    {
        trainer.DropLast = batch.DropLast;
        Recipe.Add(trainer, batch, nameof(batch.Samples), "BatchSize");
        if (!ReadsUnlabeled(trainer)) return;
        if (batch.Unlabeled == 0) batch.Unlabeled = batch.Samples;
        Recipe.Add(trainer, batch, nameof(batch.Unlabeled), "UnlabeledBatchSize");
    }

    private static bool ReadsUnlabeled(TrainerProgram trainer) => trainer.Roles.Any(role => role.Name == "Unlabeled");
}
