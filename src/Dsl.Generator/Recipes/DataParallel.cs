using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class DataParallel : RecipePart<DataParallelAttribute>
{
    public override bool HasRanks => true;

    public override bool OverlapsSum(RecipeAttribute attribute) => ((DataParallelAttribute)attribute).Overlap;

    public override bool ShardsOptimizer(RecipeAttribute attribute) => ((DataParallelAttribute)attribute).ShardOptimizer;

    public override void CheckTrainer(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string name = trainer.Declaration.Type.Name;
        if (Obstacle(trainer) is { } obstacle)
        {
            findings.Add(Catalogue.RanksRefused, declared.Site, declared.Name, name, obstacle).Offer(declared.Remove());
            return;
        }

        if (trainer.OverlapsSum && ObstacleOfOverlap(trainer) is { } reason)
        {
            string property = nameof(DataParallelAttribute.Overlap);
            findings.Add(Catalogue.OverlapRefused, declared.SiteOf(property), property, name, reason)
                .Offer(declared.Remove(property));
            return;
        }

        if (trainer.ShardsOptimizer && ObstacleOfShards(trainer) is { } whole)
        {
            string property = nameof(DataParallelAttribute.ShardOptimizer);
            findings.Add(Catalogue.ShardsRefused, declared.SiteOf(property), property, name, whole)
                .Offer(declared.Remove(property));
            return;
        }

        foreach (var player in trainer.Players.Where(player => player.IsKept && player.Network is not null))
        {
            var layer = player.Network!.Layers.FirstOrDefault(layer =>
                layer.Nodes.Any(node => node.Operation is BatchNormalization { IsSynchronized: false }));
            if (layer is null || player.Origin is not Origin.Learned) continue;
            findings.Add(Catalogue.StatisticsOfRank, declared.Site, player.Declaration?.Model.Site,
                player.Declaration?.Type.Name ?? player.Name, layer.Description, declared.Name);
        }

        foreach (string reader in SharedRows.Readers(trainer.Main))
            findings.Add(Catalogue.RowsOfRank, declared.Site, reader, declared.Name);
    }

    protected override void Lower(
        DataParallelAttribute parallel, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }

    // Where it is not one backward pass of the network that ends with the gradient of the update. Autograd does not say what is
    // complete: there all pieces are summed behind it.
    private static string? ObstacleOfOverlap(TrainerProgram trainer)
    {
        var phase = trainer.Main;
        string field = trainer.Model.Field;
        return trainer.ShardsOptimizer ? "the optimizer's state is shared out, and each rank gets the sums of its shard alone"
            : trainer.Accumulates ? "an update has the gradients of several batches"
            : phase.Place is { } place ? $"[{place.Name}] takes the gradient twice, or elsewhere"
            : phase.Arenas.Count > 1 ? "it trains parameters beside the network's, which are another tensor"
            : trainer.Network.IsOpaque ? "the network's own method is differentiated by autograd"
            : phase.Computation.Nodes.Count(node => node.Operation is Call call && call.Member == field) != 1
                ? "the network is passed several times in a step" : null;
    }

    // What looks at more than a number, its gradient and what the optimizer keeps for it, or at all of them.
    private static string? ObstacleOfShards(TrainerProgram trainer)
    {
        var phase = trainer.Main;
        var update = phase.Update;
        return update.IsLayerwise || update.Others is not null
                || update.Statements.Any(statement => statement.IsBetweenPasses)
                ? $"[{phase.OptimizerName}] takes a parameter as a whole, by its norm or as a matrix"
            : phase.Arenas.Count > 1 ? "it trains parameters beside the network's, which are another tensor"
            : update.State.Count == 0 ? $"[{phase.OptimizerName}] keeps nothing, and there is nothing to share out"
            : phase.Place is { } place ? $"[{place.Name}] takes the gradient elsewhere, by all that the optimizer keeps"
            : phase.Clipping is { ReadsWhole: true } ? "the gradient is bounded by norms of parts of a parameter"
            : trainer.NonFinite is not null ? "whether a step is finite is seen of the whole gradient"
            : phase.BeforeClipping.Count + phase.BeforeUpdate.Count + phase.BehindUpdate.Count > 0
                ? "another part of its recipe reads all parameters and gradients at each update" : null;
    }

    // What a rank would know, or keep, of its own part alone.
    private static string? Obstacle(TrainerProgram trainer) =>
        trainer.HasSeveralPhases ? "a step has several descents, which see each other's networks"
        : trainer.Main.Each is not null ? "a step takes its rows one by one"
        : trainer.Main.Remembered is not null ? "a second gradient of each step is taken of remembered samples"
        : trainer.Main.Combination is not null ? "the gradient of each objective is taken apart"
        : trainer.Streams.Contains(Stream.Experience) ? "its samples are lived through, and each rank would live another life"
        : trainer.KeepsOfPasses ? "it keeps something of each pass, and each rank would keep something else"
        : null;
}
