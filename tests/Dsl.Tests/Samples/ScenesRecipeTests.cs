using Dsl.Runtime;
using Recipes.Scenes;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Short versions of the recipes <c>shapes-ssd</c>, <c>shapes-retinanet</c>, <c>shapes-detr</c>, <c>shapes-yolo</c>,
/// <c>shapes-faster-rcnn</c> and <c>shapes-masks</c>: a few pictures again and again.</summary>
public class ScenesRecipeTests
{
    [Fact]
    public void An_ssd_learns_to_find_shapes_and_shows_them()
    {
        string page = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");
        try
        {
            var untrained = ScenesRecipe.Ssd(0, CPU, images: 32, epochs: 1, tests: 50);
            var trained = ScenesRecipe.Ssd(0, CPU, images: 256, epochs: 6, page: page, tests: 50);
            Assert.True(trained.MeanAveragePrecision50 > 0.05 + untrained.MeanAveragePrecision50, $"{untrained}; {trained}");
            Assert.Contains("What it finds", File.ReadAllText(page), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Fact]
    public void A_grid_learns_to_find_shapes()
    {
        var untrained = ScenesRecipe.Yolo(0, CPU, images: 32, epochs: 1, tests: 50);
        var trained = ScenesRecipe.Yolo(0, CPU, images: 320, epochs: 8, tests: 50);
        Assert.True(trained.MeanAveragePrecision50 > 0.02 + untrained.MeanAveragePrecision50, $"{untrained}; {trained}");
    }

    [Fact]
    public void Two_stages_learn_to_find_shapes()
    {
        var untrained = ScenesRecipe.FasterRcnn(0, CPU, images: 32, epochs: 1, tests: 50);
        var trained = ScenesRecipe.FasterRcnn(0, CPU, images: 256, epochs: 6, tests: 50);
        Assert.True(trained.MeanAveragePrecision50 > 0.05 + untrained.MeanAveragePrecision50, $"{untrained}; {trained}");
    }

    [Fact]
    public void A_pyramid_of_maps_learns_to_find_shapes()
    {
        var untrained = ScenesRecipe.RetinaNet(0, CPU, images: 32, epochs: 1, tests: 50);
        var trained = ScenesRecipe.RetinaNet(0, CPU, images: 320, epochs: 10, tests: 50);
        Assert.True(trained.MeanAveragePrecision50 > 0.05 + untrained.MeanAveragePrecision50, $"{untrained}; {trained}");
    }

    [Fact]
    public void Queries_learn_what_they_are_shown()
    {
        // A set is learned slowly: here the loss falls, and the recipe finds shapes.
        var scenes = new ShapeScenes();
        using var data = scenes.Draw(32, 0);
        using var generator = new TorchSharp.torch.Generator(0);
        using var network = new DetrNet(generator);
        using var trainer = new DetrTrainer(network) { Seed = 0, Epochs = 40, LearningRate = 2e-3 };
        var report = trainer.Fit(data);
        Assert.True(report.Epochs[^1].Loss < 0.6 * report.Epochs[0].Loss,
            $"{report.Epochs[0].Loss}; {report.Epochs[^1].Loss}");
    }

    [Fact]
    public void Masks_are_learned_by_both_losses()
    {
        var untrained = MasksRecipe.WithDice(0, CPU, images: 16, epochs: 1, tests: 20);
        var trained = MasksRecipe.WithDice(0, CPU, images: 96, epochs: 8, tests: 20);
        Assert.True(trained.MeanDice > 0.05 + untrained.MeanDice, $"{untrained}; {trained}");
        trained = MasksRecipe.Entropy(0, CPU, images: 96, epochs: 8, tests: 20);
        Assert.True(trained.Accuracy > 0.4, $"{untrained}; {trained}");
    }
}
