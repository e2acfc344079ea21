using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Sums over the batches of an evaluation, kept on the device: a read for each batch would make the device
/// wait.</summary>
internal sealed class EvaluationSums(Device device)
{
    private readonly Dictionary<string, Tensor> _sums = [];

    /// <summary>A sum, read to the host.</summary>
    public double this[string name] => Aten.item(_sums[name]);

    /// <summary>A sum as it is on the device.</summary>
    public Tensor Tensor(string name) => _sums[name];

    /// <summary>Adds to a sum, which has the shape of what is added first.</summary>
    public void Add(string name, Tensor value)
    {
        if (!_sums.TryGetValue(name, out var sum))
            _sums.Add(name, sum = zeros(value.shape, ScalarType.Float64, device).MoveToOuterDisposeScope());
        Aten.add_(sum, value);
    }

    /// <summary>What stood under a name first, kept for the whole evaluation.</summary>
    public Tensor First(string name, Tensor value)
    {
        if (!_sums.TryGetValue(name, out var first)) _sums.Add(name, first = value.clone().MoveToOuterDisposeScope());
        return first;
    }
}

/// <summary>What every evaluation does: batches in order, evaluation mode, no gradients.</summary>
internal static class EvaluationLoop
{
    /// <summary>Passes over data.</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="predict">The prediction for the samples with some indices.</param>
    /// <param name="data">Labelled samples, at least one.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="observe">Adds up what a batch says: predictions, labels.</param>
    /// <param name="result">What the sums say.</param>
    public static T Run<T>(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize,
        Action<Tensor, Tensor, EvaluationSums> observe, Func<EvaluationSums, T> result)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        long count = data.Count;
        if (count < 1) throw new InvalidOperationException($"There is no sample to evaluate: the data tell {count}.");
        using var mode = new EvaluationMode(model);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sums = new EvaluationSums(device);
        for (long first = 0; first < count; first += batchSize)
        {
            using var batch = NewDisposeScope();
            var indices = Aten.arange(first, Math.Min(first + batchSize, count));
            var labels = DataTransfer.To(data.ReadLabels(indices), device);
            observe(predict(indices), labels, sums);
        }

        return result(sums);
    }

    /// <summary>What a network gives for the samples that have a label, in evaluation mode and without gradients.</summary>
    /// <returns>[n, ...] and [n] int64, in the dispose scope of the caller.</returns>
    public static (Tensor Features, Tensor Labels) Labelled(
        nn.Module model, Func<Tensor, Tensor> predict, ILabeledDataSource data, Device device, int batchSize)
    {
        List<Tensor> features = [], labels = [];
        return Run(model, predict, data, device, batchSize, (vectors, known, _) =>
        {
            features.Add(vectors.MoveToOuterDisposeScope());
            labels.Add(known.MoveToOuterDisposeScope());
        }, _ =>
        {
            Tensor all = cat(labels, 0), place = Aten.ge(all, 0).nonzero().flatten();
            return (cat(features, 0).index_select(0, place).MoveToOuterDisposeScope(),
                all.index_select(0, place).MoveToOuterDisposeScope());
        });
    }

    /// <summary>What a network gives for all samples of some data, in evaluation mode and without gradients.</summary>
    /// <returns>[S, ...], in the dispose scope of the caller.</returns>
    public static Tensor Features(nn.Module<Tensor, Tensor> model, IDataSource data, Device device, int batchSize)
    {
        using var mode = new EvaluationMode(model);
        using var noGrad = no_grad();
        List<Tensor> parts = [];
        for (long first = 0; first < data.Count; first += batchSize)
        {
            using var batch = NewDisposeScope();
            var indices = Aten.arange(first, Math.Min(first + batchSize, data.Count));
            parts.Add(model.forward(DataTransfer.To(data.ReadInputs(indices), device)).MoveToOuterDisposeScope());
        }

        return cat(parts, 0);
    }

    /// <summary>A prediction from the samples' inputs alone.</summary>
    public static Func<Tensor, Tensor> Predict(nn.Module<Tensor, Tensor> model, IDataSource data, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return indices => model.forward(DataTransfer.To(data.ReadInputs(indices), device));
    }

    /// <summary>Evaluation mode for every module, and each one's own mode again at the end.</summary>
    private readonly struct EvaluationMode : IDisposable
    {
        private readonly ModuleModes _before;

        public EvaluationMode(nn.Module model)
        {
            _before = new ModuleModes(model);
            model.eval();
        }

        public void Dispose() => _before.Restore();
    }
}
