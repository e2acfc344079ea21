using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The two probes of an encoder: a linear classifier on its frozen features, and the vote of the nearest
/// neighbours.</summary>
public static class FeatureProbe
{
    /// <summary>Probes features in evaluation mode and without gradients. Training is not affected.</summary>
    /// <param name="model">A network on <paramref name="device"/>; every module's mode is restored.</param>
    /// <param name="features">From inputs of a batch to features, a row for each sample; further dimensions are
    /// flattened.</param>
    /// <param name="data">Labelled samples, those of -100 left out.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="neighbors">How many neighbours vote, by the cosine of features that are standardised by the training
    /// part.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="DataMismatchException">Labels that are not [N] int64, features that are not finite, or a single
    /// class.</exception>
    public static ProbeEvaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> features, ProbeData data, Device device, int neighbors = 5, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(data);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (train, trainLabels) = Embed(data.Train);
        var (test, testLabels) = Embed(data.Test);
        Tensor mean = train.mean([0]), deviation = Aten.add(train.std(0, unbiased: false), 1e-5);
        train = train.sub(mean).div(deviation);
        test = test.sub(mean).div(deviation);
        var nearest = NearestNeighborProbe.Majority(
            train, trainLabels, test, testLabels, neighbors, EmbeddingDistance.Cosine);
        using var linear = LinearProbe.Fit(train, trainLabels);
        return new ProbeEvaluation(
            linear.Accuracy(test, testLabels), nearest.Accuracy, neighbors, linear.Converged, testLabels.size(0));

        (Tensor Features, Tensor Labels) Embed(ILabeledDataSource source) => EvaluationLoop.Labelled(
            model, indices => features(DataTransfer.To(source.ReadInputs(indices), device)).flatten(1), source, device,
            batchSize);
    }
}
