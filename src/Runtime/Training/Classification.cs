using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation of classifiers.</summary>
public static class Classification
{
    /// <summary>Loss and accuracy of a classifier, in evaluation mode and without gradients. Training is not affected.</summary>
    /// <param name="model">A network on <paramref name="device"/> that returns logits; every module's mode is restored.</param>
    /// <param name="data">Inputs and classes in 0, ..., K − 1; predictions whose class is -100 are left out.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    public static Evaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Evaluate(model, indices =>
            model.forward(DataTransfer.To(data.ReadInputs(indices), device)), data, device, batchSize, record);
    }

    /// <summary>Loss and accuracy of a classifier with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The logits of the samples with some indices: [N, K], [N, T, K] for sequences, [N, K, H, W] for
    /// images of classes.</param>
    /// <param name="data">Classes in 0, ..., K − 1, [N], [N, T] or [N, H, W]; predictions whose class is -100 are left
    /// out.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="record">Sees every prediction, for a report; null for none.</param>
    /// <exception cref="InvalidOperationException">Logits and labels do not fit, or no prediction has a class.</exception>
    public static Evaluation Evaluate(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize = 512,
        PredictionRecord? record = null)
    {
        return EvaluationLoop.Run(model, predict, data, device, batchSize, (logits, labels, sums) =>
        {
            var rows = Rows(logits, labels);
            ClassLabels.Require(model.GetName(), labels, rows.size(1), labels.size(0), labels.shape.AsSpan(1));
            var classes = labels.reshape(-1);
            sums.Add("loss", nn.functional.cross_entropy(rows, classes, reduction: nn.Reduction.Sum));
            sums.Add("correct", rows.argmax(1).eq(classes).sum());
            sums.Add("count", Aten.ne(classes, ClassLabels.None).sum());
            record?.AddClasses(rows, classes);
        }, Result);
    }

    /// <summary>Loss and accuracy of the mean of a classifier's probabilities over several views of each sample.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The logits of a view of the samples with some indices, as of
    /// <see cref="Evaluate(nn.Module, Func{Tensor, Tensor}, ILabeledDataSource, Device, int, PredictionRecord)"/>. Views count
    /// from 0 over the whole evaluation.</param>
    /// <param name="views">Views of each sample, at least 1.</param>
    /// <param name="data">Classes in 0, ..., K − 1; predictions whose class is -100 are left out.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    public static Evaluation EvaluateViews(
        nn.Module model, Func<Tensor, long, Tensor> predict, int views, ILabeledDataSource data, Device device,
        int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentOutOfRangeException.ThrowIfLessThan(views, 1);
        long view = 0;
        return Evaluate(model, Predict, data, device, batchSize);

        // The logarithm of a probability is its own logit: probabilities add up to 1.
        Tensor Predict(Tensor indices)
        {
            using var scope = NewDisposeScope();
            var sum = LogProbabilities(indices);
            for (int i = 1; i < views; i++)
            {
                using var next = NewDisposeScope();
                sum = sum.logaddexp(LogProbabilities(indices)).MoveToOuterDisposeScope();
            }

            return Aten.sub(sum, Math.Log(views)).MoveToOuterDisposeScope();
        }

        Tensor LogProbabilities(Tensor indices)
        {
            var logits = predict(indices, view++);
            return nn.functional.log_softmax(logits, ClassLabels.Dimension(logits));
        }
    }

    private static Evaluation Result(EvaluationSums sums)
    {
        double count = sums["count"];
        if (count == 0) throw new InvalidOperationException("No prediction has a class: every label is -100.");
        return new Evaluation(sums["loss"] / count, sums["correct"] / count, (long)count);
    }

    /// <summary>A row of logits for each label.</summary>
    private static Tensor Rows(Tensor logits, Tensor labels)
    {
        var last = logits.dim() == 4 ? logits.permute(0, 2, 3, 1) : logits;
        if (last.dim() != labels.dim() + 1 || !last.shape.AsSpan(0, labels.shape.Length).SequenceEqual(labels.shape))
        {
            throw new InvalidOperationException(
                $"The network returned [{string.Join(", ", logits.shape)}] for labels [{string.Join(", ", labels.shape)}]; a "
                + $"classifier returns "
                + "[N, K], [N, T, K] or [N, K, H, W].");
        }

        return last.reshape(-1, last.size(-1));
    }
}
