using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Losses and metrics of the user's own over a whole evaluation: they see all its predictions at once.</summary>
/// <param name="readsClasses">Whether labels are classes, which are given as they are; others are given in the shape and the
/// number type of the predictions.</param>
public sealed class OwnMetrics(bool readsClasses) : IDisposable
{
    private readonly List<Tensor> _predictions = [];
    private readonly List<(string Name, Func<Tensor, Tensor, double> Metric)> _metrics = [];

    /// <summary>Adds one that returns a number.</summary>
    /// <param name="name">Its name among the evaluation's numbers.</param>
    /// <param name="metric">(predictions [N, ...], labels) to the number.</param>
    public OwnMetrics Add(string name, Func<Tensor, Tensor, double> metric)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(metric);
        _metrics.Add((name, metric));
        return this;
    }

    /// <summary>Adds one that returns a tensor of one number, or of several whose mean it is.</summary>
    /// <param name="name">Its name among the evaluation's numbers.</param>
    /// <param name="metric">(predictions [N, ...], labels) to the tensor.</param>
    public OwnMetrics Add(string name, Func<Tensor, Tensor, Tensor> metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Add(name, (predictions, labels) =>
        {
            var value = metric(predictions, labels);
            return Aten.item(value.to_type(ScalarType.Float64).mean());
        });
    }

    /// <summary>Predicts as before, and keeps what is predicted.</summary>
    /// <param name="predict">The predictions for the samples with some indices, in order.</param>
    public Func<Tensor, Tensor> Watch(Func<Tensor, Tensor> predict)
    {
        ArgumentNullException.ThrowIfNull(predict);
        return indices =>
        {
            var predictions = predict(indices);
            _predictions.Add(predictions.alias().DetachFromDisposeScope());
            return predictions;
        };
    }

    /// <summary>Every number by its name, in the order in which they were added.</summary>
    /// <param name="data">What was predicted, with the labels.</param>
    public OwnNumbers Of(ILabeledDataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var predictions = cat(_predictions, 0);
        var labels = DataTransfer.To(data.ReadLabels(Aten.arange(0, data.Count)), predictions.device);
        if (!readsClasses) labels = Targets.Like(labels, predictions);
        return new OwnNumbers([.. _metrics.Select(metric => (metric.Name, Measure(metric.Metric, predictions, labels)))]);
    }

    /// <summary>Frees what was kept.</summary>
    public void Dispose()
    {
        foreach (var predictions in _predictions) predictions.Dispose();
        _predictions.Clear();
    }

    private static double Measure(Func<Tensor, Tensor, double> metric, Tensor predictions, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return metric(predictions, labels);
    }
}
