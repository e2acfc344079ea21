using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Scenes;

/// <summary>The class of each pixel of drawn pictures: overlaps on pictures that no training saw.</summary>
public static class MasksRecipe
{
    private static readonly ShapeScenes Scenes = new();

    /// <summary>What cross-entropy and Dice are to reach together, the mean intersection over union in percent.</summary>
    public const double Reference = 65;

    /// <summary>Trains a U-Net by the cross-entropy of pixels.</summary>
    /// <param name="seed">Decides pictures, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="images">Pictures to train on.</param>
    /// <param name="epochs">Passes over them.</param>
    /// <param name="tests">Pictures to evaluate on.</param>
    /// <param name="progress">Watches the training; null for nobody.</param>
    public static SegmentationScores Entropy(
        int seed, Device device, int images = 1000, int epochs = 10, int tests = 300, ITrainingProgress? progress = null)
    {
        using var train = Scenes.DrawMasks(images, seed);
        using var test = Scenes.DrawMasks(tests, 1000 + seed);
        using var generator = new Generator((ulong)seed);
        using var network = new MaskNet(generator);
        using var trainer = new EntropyMaskTrainer(network, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train, progress);
        return SegmentationScores.Of(trainer.Report(test));
    }

    /// <summary>Trains a U-Net by the sum of that and a Dice loss.</summary>
    /// <inheritdoc cref="Entropy"/>
    public static SegmentationScores WithDice(
        int seed, Device device, int images = 1000, int epochs = 10, int tests = 300, ITrainingProgress? progress = null)
    {
        using var train = Scenes.DrawMasks(images, seed);
        using var test = Scenes.DrawMasks(tests, 1000 + seed);
        using var generator = new Generator((ulong)seed);
        using var network = new MaskNet(generator);
        using var trainer = new DiceMaskTrainer(network, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train, progress);
        return SegmentationScores.Of(trainer.Report(test));
    }
}
