using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation against distributions over classes.</summary>
public static class DistributionMatching
{
    /// <summary>Mean divergence KL(t ‖ softmax(z)) as the loss, and agreement in the largest class as the accuracy, in
    /// evaluation mode and without gradients. Training is not affected.</summary>
    /// <param name="model">A network on <paramref name="device"/>; every module's mode is restored.</param>
    /// <param name="data">Inputs, and distributions of the shape of what the network returns.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no
    /// sample.</exception>
    public static Evaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null) =>
        Evaluate(model, EvaluationLoop.Predict(model, data, device), data, device, batchSize, record);

    /// <summary>Mean divergence KL(t ‖ softmax(z)) as the loss, and agreement in the largest class as the accuracy of a network
    /// with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The logits of the samples with some indices: [N, K], [N, T, K] for sequences, [N, K, H, W] for
    /// images.</param>
    /// <param name="data">Inputs, and distributions of the shape of what the network returns.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no
    /// sample.</exception>
    public static Evaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null) =>
        EvaluationLoop.Run(model, predict, data, device, batchSize, (logits, labels, sums) =>
        {
            int classes = ClassLabels.Dimension(logits);
            var targets = Targets.Like(labels, logits);
            sums.Add("loss", nn.functional.kl_div(nn.functional.log_softmax(logits, classes), targets, false, nn.Reduction.Sum));
            sums.Add("correct", logits.argmax(classes).eq(targets.argmax(classes)).sum());
            record?.AddClasses(Rows(logits, classes), targets.argmax(classes).reshape(-1));
            sums.Add("count", Aten.full([], logits.numel() / logits.size(classes), ScalarType.Float64, device));
        }, sums => new Evaluation(sums["loss"] / sums["count"], sums["correct"] / sums["count"], (long)sums["count"]));

    private static Tensor Rows(Tensor logits, int classes) => logits.movedim([classes], [-1]).reshape(-1, logits.size(classes));
}
