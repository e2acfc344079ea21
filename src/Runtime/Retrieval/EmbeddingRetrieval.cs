using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation of embeddings: each sample is asked for its neighbours.</summary>
public static class EmbeddingRetrieval
{
    private static readonly int[] Cutoffs = [1, 2, 4, 8, 10];

    /// <summary>Recall, MAP@R and nDCG of each sample's neighbours among all others, in evaluation mode and without gradients.
    /// Training is not affected.</summary>
    /// <param name="model">A network on <paramref name="device"/> that gives a vector for each sample, [N, D]; every module's
    /// mode is restored.</param>
    /// <param name="data">Inputs, and labels [N] int64 that are alike for samples of a class; at least two samples.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="distance">What is near.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    public static RetrievalEvaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, EmbeddingDistance distance,
        int batchSize = 512) =>
        Evaluate(model, EvaluationLoop.Predict(model, data, device), data, device, distance, batchSize);

    /// <summary>Recall, MAP@R and nDCG of each sample's neighbours among all others of a network with several inputs or
    /// outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The embeddings [n, D] of the samples with some places.</param>
    /// <param name="data">Inputs, and labels [N] int64 that are alike for samples of a class; at least two samples.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="distance">What is near.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    public static RetrievalEvaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, EmbeddingDistance distance,
        int batchSize = 512)
    {
        using var scope = NewDisposeScope();
        var (features, labels) = EvaluationLoop.Labelled(model, predict, data, device, batchSize);
        if (labels.numel() < 2)
            throw new DataMismatchException("Fewer than two samples have a class: there are no neighbours to ask for.");
        int[] cutoffs = [.. Cutoffs.Where(cutoff => cutoff < labels.numel())];
        return new RetrievalEvaluation(
            RetrievalMetrics.Evaluate(features, labels, cutoffs, distance, wholeRanking: false));
    }
}
