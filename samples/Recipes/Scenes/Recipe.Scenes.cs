using Dsl.Runtime;
using Recipes.Scenes;
using static TorchSharp.torch;

namespace Recipes;

// Drawn shapes are found, by boxes and by pixels.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfScenes =>
    [
        new("shapes-ssd", "An SSD finds drawn shapes on clutter: mean average precision.",
            (seeds, device) => Shapes("SSD", ScenesRecipe.Ssd, ScenesRecipe.SsdReference, seeds, device)),
        new("shapes-yolo", "The same by a grid of cells (YOLO v1).",
            (seeds, device) => Shapes("YOLO", ScenesRecipe.Yolo, ScenesRecipe.YoloReference, seeds, device)),
        new("shapes-faster-rcnn", "The same in two stages (Faster R-CNN).",
            (seeds, device) => Shapes("Faster-RCNN", ScenesRecipe.FasterRcnn, ScenesRecipe.FasterRcnnReference, seeds, device)),
        new("shapes-retinanet", "The same by a focal loss on a pyramid of maps (RetinaNet).",
            (seeds, device) => Shapes("RetinaNet", ScenesRecipe.RetinaNet, ScenesRecipe.RetinaNetReference, seeds, device)),
        new("shapes-detr", "The same as a set, by queries that objects are matched with (DETR).",
            (seeds, device) => Shapes("DETR", ScenesRecipe.Detr, ScenesRecipe.DetrReference, seeds, device, 4000, 30)),
        new("shapes-masks", "A U-Net tells the shape of each pixel, by cross-entropy and with a Dice loss: mean overlaps.",
            Masks),
    ];

    private static bool Shapes(
        string name, ScenesRecipe.Detector train, double reference, int seeds, Device device, int images = 2000,
        int epochs = 14)
    {
        var evaluations = Enumerable.Range(0, seeds).Select(seed => ConsoleProgress.Run($"seed {seed}", progress =>
            train(seed, device, images, epochs, seed == 0 ? $"shapes-{name.ToLowerInvariant()}.html" : null, progress))).ToList();
        var table = new RecipeTable($"Drawn shapes: mean average precision of {name}, {seeds} seeds", " %", "Dsl", "goal")
            .Add("overlap 0.5", 100 * evaluations.Average(one => one.MeanAveragePrecision50), reference, 0)
            .Add("overlaps 0.5 to 0.95", 100 * evaluations.Average(one => one.MeanAveragePrecision), null);
        table.Write();
        return table.AllReached;
    }

    private static bool Masks(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed =>
        {
            var alone = ConsoleProgress.Run($"cross-entropy, seed {seed}",
                progress => MasksRecipe.Entropy(seed, device, progress: progress));
            var both = ConsoleProgress.Run($"with Dice, seed {seed}",
                progress => MasksRecipe.WithDice(seed, device, progress: progress));
            return [("cross-entropy", Numbers(alone)), ("cross-entropy and Dice", Numbers(both))];
        });
        var table = new RecipeTable($"Drawn shapes: overlaps of pixels, {seeds} seeds", " %", "Dsl", "goal");
        foreach (string row in measured.Rows)
        {
            table.Add($"{row}: mIoU", measured.Mean(row, 0), row == measured.Rows[^1] ? MasksRecipe.Reference : null)
                .Add($"{row}: Dice", measured.Mean(row, 1), null);
        }

        table.Write();
        return table.AllReached;

        static double[] Numbers(SegmentationScores scores) => [100 * scores.MeanIntersectionOverUnion, 100 * scores.MeanDice];
    }
}
