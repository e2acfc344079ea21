using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class BatchSize : RecipePart<BatchSizeAttribute>
{
    /// <summary>What a trainer reads that does not say how much.</summary>
    public static BatchSizeAttribute Default => new(64);

    /// <summary>Samples of a batch of the first stream.</summary>
    public static int Of(IEnumerable<Bound<RecipeAttribute>> recipe) =>
        (recipe.Select(part => part.Attribute).OfType<BatchSizeAttribute>().FirstOrDefault() ?? Default).Samples;

    protected override void Lower(
        BatchSizeAttribute batch, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (batch.Unlabeled > 0 && !trainer.Streams.Contains(Stream.Unlabeled))
        {
            findings.Add(Catalogue.UnusedUnlabeledSize, declared.SiteOf(nameof(batch.Unlabeled)),
                batch.Unlabeled.ToString(), trainer.Declaration.Type.Name).Offer(declared.Remove(nameof(batch.Unlabeled)));
        }

        if (batch.Clean > 0 && !trainer.Streams.Contains(Stream.Clean))
        {
            findings.Add(Catalogue.UnusedCleanSize, declared.SiteOf(nameof(batch.Clean)),
                batch.Clean.ToString(), trainer.Declaration.Type.Name).Offer(declared.Remove(nameof(batch.Clean)));
        }

        Lower(batch, trainer);
    }

    public static void Lower(BatchSizeAttribute batch, TrainerProgram trainer)
    {
        trainer.DropLast = batch.DropLast;
        Hyperparameters.Add(trainer, batch, nameof(batch.Samples), "BatchSize");
        foreach (var stream in trainer.Streams.Where(stream => stream.Name.Length > 0 && !stream.SharesSize))
        {
            // The argument is called as the stream; left out, its batches are as large as the others.
            bool isGiven = typeof(BatchSizeAttribute).GetProperty(stream.Name)!.GetValue(batch) is > 0;
            Hyperparameters.Add(trainer, batch, stream.Name, stream.BatchSize, given: isGiven ? null : batch.Samples);
        }
    }
}
