using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How well a classifier does.</summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy">Share of samples whose largest logit is the label's, in [0, 1].</param>
/// <param name="Count">Number of samples.</param>
public readonly record struct Evaluation(double Loss, double Accuracy, long Count);

/// <summary>Evaluation of classifiers.</summary>
public static class Classification
{
    /// <summary>Evaluates a network in evaluation mode, without gradients, and puts it back into the mode it was in.</summary>
    /// <param name="model">Logits [N, K] for inputs [N, ...].</param>
    /// <param name="data">Samples with labels in [0, K).</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="batchSize">Samples at a time.</param>
    public static Evaluation Evaluate(nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512)
    {
        if (data.Count == 0) throw new ArgumentException("There is no sample to evaluate: the data source is empty.", nameof(data));
        bool training = model.training;
        model.eval();
        try
        {
            using var noGrad = no_grad();
            double loss = 0;
            long correct = 0;
            for (long start = 0; start < data.Count; start += batchSize)
            {
                using var scope = NewDisposeScope();
                var indices = arange(start, Math.Min(start + batchSize, data.Count), ScalarType.Int64);
                var labels = DataTransfer.To(data.ReadLabels(indices), device);
                var logits = model.forward(DataTransfer.To(data.ReadInputs(indices), device));
                loss += nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).ToDouble();
                correct += logits.argmax(1).eq(labels).sum().ToInt64();
            }

            return new Evaluation(loss / data.Count, (double)correct / data.Count, data.Count);
        }
        finally
        {
            model.train(training);
        }
    }
}
