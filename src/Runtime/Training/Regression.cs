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
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no sample.</exception>
    public static RegressionEvaluation Evaluate(nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512) =>
        Evaluate(model, EvaluationLoop.Predict(model, data, device), data, device, batchSize);

    /// <summary>Errors of a regression of a network with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The predictions for the samples with some indices, [N, ...].</param>
    /// <param name="data">Inputs, and targets of the shape of what the network returns, or [N] where that is [N, 1].</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="InvalidOperationException">Predictions and labels have different shapes, or there is no sample.</exception>
    public static RegressionEvaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize = 512) =>
        EvaluationLoop.Run(model, predict, data, device, batchSize, (predictions, labels, sums) =>
        {
            var targets = Targets.Like(labels, predictions);
            var errors = (predictions - targets).to_type(ScalarType.Float64);
            sums.Add("squared", errors.square().sum());
            sums.Add("absolute", errors.abs().sum());
            sums.Add("target", targets.sum(ScalarType.Float64));
            sums.Add("squaredTarget", targets.to_type(ScalarType.Float64).square().sum());
            sums.Add("count", full([], errors.numel(), ScalarType.Float64, device));
        }, Result);

    private static RegressionEvaluation Result(EvaluationSums sums)
    {
        double count = sums["count"], squared = sums["squared"];
        double spread = sums["squaredTarget"] - (sums["target"] * sums["target"] / count);
        return new RegressionEvaluation(squared / count, Math.Sqrt(squared / count), sums["absolute"] / count, 1 - (squared / spread), (long)count);
    }
}
