using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation of predictions of real numbers.</summary>
public static class Regression
{
    /// <summary>Errors of a regression, in evaluation mode and without gradients. Training is not affected.</summary>
    /// <param name="model">A network on <paramref name="device"/>; every module's mode is restored.</param>
    /// <param name="data">Inputs, and targets of the shape of what the network returns, or [N] where that is [N, 1].</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no
    /// sample.</exception>
    public static RegressionEvaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null) =>
        Evaluate(model, EvaluationLoop.Predict(model, data, device), data, device, batchSize, record);

    /// <summary>Errors of a regression of a network with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The predictions for the samples with some indices, [N, ...].</param>
    /// <param name="data">Inputs, and targets of the shape of what the network returns, or [N] where that is [N, 1].</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no
    /// sample.</exception>
    public static RegressionEvaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null) =>
        EvaluationLoop.Run(model, predict, data, device, batchSize, (predictions, labels, sums) =>
        {
            // In double precision from the start: the targets may have more digits than a network computes with.
            var doubles = predictions.to_type(ScalarType.Float64);
            var targets = Targets.Like(labels, doubles).reshape(doubles.size(0), -1);
            var rows = doubles.reshape(doubles.size(0), -1);
            var errors = rows - targets;
            record?.AddNumbers(rows, targets);
            // To C#, the literal 0 is an element type before it is a dimension.
            sums.Add("squared", Aten.pow(errors, 2).sum(0L));
            sums.Add("absolute", errors.abs().sum(0L));
            sums.Add("samples", Aten.full([], errors.size(0), ScalarType.Float64, device));

            // Distances from the first target: the spread of large numbers that differ little is not lost, and that of equal ones
            // is 0.
            var distances = targets - sums.First("origin", targets.select(0, 0));
            sums.Add("distance", distances.sum(0L));
            sums.Add("squaredDistance", Aten.pow(distances, 2).sum(0L));
        }, Result);

    private static RegressionEvaluation Result(EvaluationSums sums)
    {
        double samples = sums["samples"];
        var (squared, distance) = (sums.Tensor("squared"), sums.Tensor("distance"));
        double count = samples * squared.numel(), mean = Aten.item(squared.sum()) / count;
        var spread = sums.Tensor("squaredDistance") - Aten.div(Aten.pow(distance, 2), samples);
        var varies = Aten.gt(spread, 0);
        double determination = Aten.item(Aten.sub(1, squared / spread).masked_select(varies).mean());
        double absolute = Aten.item(sums.Tensor("absolute").sum()) / count;
        return new RegressionEvaluation(mean, Math.Sqrt(mean), absolute, determination, (long)count);
    }
}
