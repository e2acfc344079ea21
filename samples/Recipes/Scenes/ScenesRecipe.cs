using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Scenes;

/// <summary>Detectors of drawn shapes: mean average precision on pictures that no training saw.</summary>
public static class ScenesRecipe
{
    private static readonly ShapeScenes Scenes = new();

    /// <summary>Trains a detector and evaluates it.</summary>
    public delegate DetectionEvaluation Detector(
        int seed, Device device, int images = 2000, int epochs = 14, string? page = null,
        ITrainingProgress? progress = null, int tests = 500);

    /// <summary>What the SSD is to reach at an overlap of 0.5, in percent.</summary>
    public const double SsdReference = 85;

    /// <summary>What the Faster R-CNN is to reach at an overlap of 0.5, in percent.</summary>
    public const double FasterRcnnReference = 90;

    /// <summary>What the RetinaNet is to reach at an overlap of 0.5, in percent.</summary>
    public const double RetinaNetReference = 85;

    /// <summary>What the DETR is to reach at an overlap of 0.5, in percent.</summary>
    public const double DetrReference = 80;

    /// <summary>What the YOLO is to reach at an overlap of 0.5, in percent.</summary>
    public const double YoloReference = 55;

    /// <summary>Trains an SSD.</summary>
    /// <param name="seed">Decides pictures, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="images">Pictures to train on.</param>
    /// <param name="epochs">Passes over them.</param>
    /// <param name="page">Where a page with drawn boxes is written; null for none.</param>
    /// <param name="progress">Watches the training; null for nobody.</param>
    /// <param name="tests">Pictures to evaluate on, at least 12.</param>
    public static DetectionEvaluation Ssd(
        int seed, Device device, int images = 2000, int epochs = 14, string? page = null,
        ITrainingProgress? progress = null, int tests = 500)
    {
        using var train = Scenes.Draw(images, seed);
        using var test = Scenes.Draw(tests, 1000 + seed);
        using var views = new BoxViews(train, seed);
        using var generator = new Generator((ulong)seed);
        using var network = new SsdNet(generator);
        using var trainer = new SsdTrainer(network, device) { Seed = seed, Epochs = epochs };
        var report = trainer.Fit(views, progress);
        if (page is not null)
        {
            trainer.WriteHtml(page, report, [], [Pictures(test, network.forward, trainer.Detector, device)]);
        }

        return trainer.Evaluate(test);
    }

    /// <summary>Trains a RetinaNet.</summary>
    /// <inheritdoc cref="Ssd"/>
    public static DetectionEvaluation RetinaNet(
        int seed, Device device, int images = 2000, int epochs = 14, string? page = null,
        ITrainingProgress? progress = null, int tests = 500)
    {
        using var train = Scenes.Draw(images, seed);
        using var test = Scenes.Draw(tests, 1000 + seed);
        using var views = new BoxViews(train, seed);
        using var generator = new Generator((ulong)seed);
        using var network = new PyramidNet(generator);
        using var trainer = new RetinaNetTrainer(network, device) { Seed = seed, Epochs = epochs };
        var report = trainer.Fit(views, progress);
        if (page is not null)
        {
            trainer.WriteHtml(page, report, [], [Pictures(test, network.forward, trainer.Detector, device)]);
        }

        return trainer.Evaluate(test);
    }

    /// <summary>Trains a DETR, which needs more of everything.</summary>
    /// <inheritdoc cref="Ssd"/>
    public static DetectionEvaluation Detr(
        int seed, Device device, int images = 4000, int epochs = 30, string? page = null,
        ITrainingProgress? progress = null, int tests = 500)
    {
        using var train = Scenes.Draw(images, seed);
        using var test = Scenes.Draw(tests, 1000 + seed);
        using var views = new BoxViews(train, seed);
        using var generator = new Generator((ulong)seed);
        using var network = new DetrNet(generator);
        using var trainer = new DetrTrainer(network, device) { Seed = seed, Epochs = epochs };
        var report = trainer.Fit(views, progress);
        if (page is not null)
        {
            trainer.WriteHtml(page, report, [], [Pictures(test, network.forward, trainer.Detector, device)]);
        }

        return trainer.Evaluate(test);
    }

    /// <summary>Trains a YOLO grid.</summary>
    /// <inheritdoc cref="Ssd"/>
    public static DetectionEvaluation Yolo(
        int seed, Device device, int images = 2000, int epochs = 14, string? page = null,
        ITrainingProgress? progress = null, int tests = 500)
    {
        using var train = Scenes.Draw(images, seed);
        using var test = Scenes.Draw(tests, 1000 + seed);
        using var views = new BoxViews(train, seed);
        using var generator = new Generator((ulong)seed);
        using var network = new YoloNet(generator);
        using var trainer = new YoloTrainer(network, device) { Seed = seed, Epochs = epochs };
        var report = trainer.Fit(views, progress);
        if (page is not null)
        {
            trainer.WriteHtml(page, report, [], [Pictures(test, network.forward, trainer.Detector, device)]);
        }

        return trainer.Evaluate(test);
    }

    /// <summary>Trains a Faster R-CNN.</summary>
    /// <inheritdoc cref="Ssd"/>
    public static DetectionEvaluation FasterRcnn(
        int seed, Device device, int images = 2000, int epochs = 14, string? page = null,
        ITrainingProgress? progress = null, int tests = 500)
    {
        using var train = Scenes.Draw(images, seed);
        using var test = Scenes.Draw(tests, 1000 + seed);
        using var views = new BoxViews(train, seed);
        using var generator = new Generator((ulong)seed);
        using var backbone = new RegionBackbone(generator);
        using var proposer = new RegionProposer(generator);
        using var classifier = new RegionClassifier(generator);
        using var trainer = new RegionTrainer(backbone, proposer, classifier, device) { Seed = seed, Epochs = epochs };
        var report = trainer.Fit(views, progress);
        if (page is not null)
        {
            trainer.WriteHtml(page, report, [], [Pictures(test, backbone.forward, trainer.Detector, device)]);
        }

        return trainer.Evaluate(test);
    }

    private static PictureSection Pictures(InMemoryData test, Func<Tensor, Tensor> network, IDetector detector, Device device)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor inputs = test.Inputs.narrow(0, 0, 12), labels = test.Labels.narrow(0, 0, 12);
        var found = detector.Detect(network(inputs.to(device)));
        using var drawn = BoxPictures.Draw(inputs, found, BoxLabels.Read(labels), scale: 3);
        return new PictureSection("What it finds").Add(
            ImageGrid.Png(drawn, columns: 4, gap: 4), "objects white, detections in the colours of their classes");
    }
}
