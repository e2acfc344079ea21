using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation of yes-or-no predictions, each of its own.</summary>
public static class BinaryClassification
{
    /// <summary>Loss, accuracy, precision and recall, in evaluation mode and without gradients. Training is not
    /// affected.</summary>
    /// <param name="model">A network on <paramref name="device"/>; every module's mode is restored.</param>
    /// <param name="data">Inputs, and labels in [0, 1] of the shape of what the network returns, or [N] where that is [N, 1];
    /// 0.5 and above is a yes.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no
    /// sample.</exception>
    public static BinaryEvaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null) =>
        Evaluate(model, EvaluationLoop.Predict(model, data, device), data, device, batchSize, record);

    /// <summary>Loss, accuracy, precision and recall of a network with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The logits of the samples with some indices, [N, ...].</param>
    /// <param name="data">Inputs, and labels in [0, 1] of the shape of what the network returns, or [N] where that is [N, 1];
    /// 0.5 and above is a yes.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no
    /// sample.</exception>
    public static BinaryEvaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null) =>
        EvaluationLoop.Run(model, predict, data, device, batchSize, (logits, labels, sums) =>
        {
            var targets = Targets.Like(labels, logits);
            var (says, holds) = (Aten.gt(logits, 0), Aten.ge(targets, 0.5));
            sums.Add("loss", nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum));
            sums.Add("correct", says.eq(holds).sum());
            sums.Add("found", says.logical_and(holds).sum());
            sums.Add("said", says.sum());
            sums.Add("held", holds.sum());
            record?.AddFlags(logits, targets);
            sums.Add("count", Aten.full([], logits.numel(), ScalarType.Float64, device));
        }, sums => new BinaryEvaluation(
            sums["loss"] / sums["count"], sums["correct"] / sums["count"], sums["found"] / sums["said"],
            sums["found"] / sums["held"], (long)sums["count"]));
}
