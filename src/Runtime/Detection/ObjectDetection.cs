using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation of detectors.</summary>
public static class ObjectDetection
{
    /// <summary>Mean average precision of a network's detections, in evaluation mode and without gradients. Training is not
    /// affected.</summary>
    /// <param name="model">A network on <paramref name="device"/>; every module's mode is restored.</param>
    /// <param name="data">Images, and their objects, [N, M, 5].</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="detector">What makes detections of the network's output.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public static DetectionEvaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, IDetector detector, int batchSize = 64) =>
        Evaluate(model, EvaluationLoop.Predict(model, data, device), data, device, detector, batchSize);

    /// <summary>Mean average precision of the detections of a network with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">What the detector reads of the samples with some indices.</param>
    /// <param name="data">Images, and their objects, [N, M, 5].</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="detector">What makes detections of the network's output.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public static DetectionEvaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, IDetector detector,
        int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return Evaluate(model, predict, data, device, detector.Detect, batchSize);
    }

    internal static DetectionEvaluation Evaluate<T>(
        nn.Module model, Func<Tensor, T> predict, ILabeledDataSource data, Device device,
        Func<T, IReadOnlyList<Detection[]>> detect, int batchSize)
    {
        var precision = new AveragePrecision();
        T? output = default;
        return EvaluationLoop.Run(model, indices =>
        {
            output = predict(indices);
            return indices;
        }, data, device, batchSize, (_, labels, _) =>
        {
            var objects = BoxLabels.Read(labels);
            var found = detect(output!);
            for (int i = 0; i < found.Count; i++) precision.Add(objects[i], found[i]);
        }, _ => Of(precision));
    }

    /// <summary>The numbers of an evaluation.</summary>
    /// <param name="precision">All images.</param>
    public static DetectionEvaluation Of(AveragePrecision precision)
    {
        ArgumentNullException.ThrowIfNull(precision);
        return new DetectionEvaluation(
            precision.MeanOverThresholds(), precision.Mean(0.5), precision.Mean(0.75),
            precision.Mean(0.5, PrecisionPoints.Voc11), precision.Objects);
    }
}
