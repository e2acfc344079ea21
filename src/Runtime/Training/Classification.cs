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
    public static Evaluation Evaluate(nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Evaluate(model, indices => model.forward(DataTransfer.To(data.ReadInputs(indices), device)), data, device, batchSize);
    }

    /// <summary>Loss and accuracy of a classifier with several inputs or outputs.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The logits of the samples with some indices: [N, K], [N, T, K] for sequences, [N, K, H, W] for images of classes.</param>
    /// <param name="data">Classes in 0, ..., K − 1, [N], [N, T] or [N, H, W]; predictions whose class is -100 are left out.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="InvalidOperationException">Logits and labels do not fit, or no prediction has a class.</exception>
    public static Evaluation Evaluate(nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var mode = new EvaluationMode(model);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // Sums stay on the device: a read for each batch would make the device wait.
        var loss = zeros([], ScalarType.Float64, device);
        var correct = zeros([], ScalarType.Int64, device);
        var counted = zeros([], ScalarType.Int64, device);
        for (long first = 0; first < data.Count; first += batchSize)
        {
            using var batch = NewDisposeScope();
            var indices = arange(first, Math.Min(first + batchSize, data.Count), ScalarType.Int64);
            var labels = data.ReadLabels(indices).to(device);
            var logits = Rows(predict(indices), labels);
            labels = labels.reshape(-1);
            loss.add_(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum));
            correct.add_(logits.argmax(1).eq(labels).sum());
            counted.add_(labels.ne(Unlabeled).sum());
        }

        long count = counted.ToInt64();
        if (count == 0) throw new InvalidOperationException("No prediction has a class: every label is -100.");
        return new Evaluation(loss.ToDouble() / count, (double)correct.ToInt64() / count, count);
    }

    // The label that libtorch leaves out of a cross-entropy.
    private const int Unlabeled = -100;

    /// <summary>A row of logits for each label.</summary>
    private static Tensor Rows(Tensor logits, Tensor labels)
    {
        var last = logits.dim() == 4 ? logits.permute(0, 2, 3, 1) : logits;
        if (last.dim() != labels.dim() + 1 || !last.shape.AsSpan(0, labels.shape.Length).SequenceEqual(labels.shape))
        {
            throw new InvalidOperationException(
                $"The network returned [{string.Join(", ", logits.shape)}] for labels [{string.Join(", ", labels.shape)}]; a classifier returns "
                + "[N, K], [N, T, K] or [N, K, H, W].");
        }

        return last.reshape(-1, last.size(-1));
    }

    /// <summary>Evaluation mode for every module, and each one's own mode again at the end.</summary>
    private sealed class EvaluationMode : IDisposable
    {
        private readonly List<(nn.Module Module, bool Training)> _modes;

        public EvaluationMode(nn.Module model)
        {
            // Parents come before their children: setting a parent's mode sets its children's, which then set their own.
            _modes = [(model, model.training), .. model.modules().Select(module => (module, module.training))];
            model.eval();
        }

        public void Dispose()
        {
            foreach (var (module, training) in _modes)
            {
                module.train(training);
            }
        }
    }
}
