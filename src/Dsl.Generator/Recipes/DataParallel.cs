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

    public override void CheckTrainer(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string name = trainer.Declaration.Type.Name;
        if (Obstacle(trainer) is { } obstacle)
        {
            findings.Add(Catalogue.RanksRefused, declared.Site, declared.Name, name, obstacle).Offer(declared.Remove());
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
