using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Evaluation of classifiers.</summary>
public static class Classification
{
    /// <summary>Loss and accuracy of a classifier, in evaluation mode and without gradients. Training is not affected.</summary>
    /// <param name="model">A network on <paramref name="device"/> that returns logits [N, K]; every module's mode is restored.</param>
    /// <param name="data">Inputs and classes in 0, ..., K − 1.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    public static Evaluation Evaluate(nn.Module<Tensor, Tensor> model, ILabeledDataSource data, Device device, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var mode = new EvaluationMode(model);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // Sums stay on the device: a read for each batch would make the device wait.
        var loss = zeros([], ScalarType.Float64, device);
        var correct = zeros([], ScalarType.Int64, device);
        for (long first = 0; first < data.Count; first += batchSize)
        {
            using var batch = NewDisposeScope();
            var indices = arange(first, Math.Min(first + batchSize, data.Count), ScalarType.Int64);
            var labels = data.ReadLabels(indices).to(device);
            var logits = model.forward(data.ReadInputs(indices).to(device));
            RequireLogits(logits, labels);
            loss.add_(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum));
            correct.add_(logits.argmax(1).eq(labels).sum());
        }

        return new Evaluation(loss.ToDouble() / data.Count, (double)correct.ToInt64() / data.Count, data.Count);
    }

    private static void RequireLogits(Tensor logits, Tensor labels)
    {
        if (logits.dim() != 2 || logits.size(0) != labels.size(0))
        {
            throw new InvalidOperationException(
                $"The network returned [{string.Join(", ", logits.shape)}] for {labels.size(0)} samples; a classifier returns [N, K].");
        }
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
