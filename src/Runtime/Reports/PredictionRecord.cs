using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What an evaluation saw, for a report: pass it to <c>Evaluate</c>. Of classes it keeps counts, of yes-or-no predictions too, of
/// numbers every residual.
/// </summary>
public sealed class PredictionRecord
{
    /// <summary>Bins of confidence, of equal width.</summary>
    internal const int Bins = 15;

    private long[] _confusion = [];
    private readonly long[] _binCounts = new long[Bins], _binRight = new long[Bins];
    private readonly double[] _binConfidence = new double[Bins];
    private readonly List<double[]> _predictions = [], _targets = [];

    /// <summary>Outputs of a prediction: K classes, T labels or numbers; 0 before the first batch.</summary>
    internal int Outputs { get; private set; }

    /// <summary>What was predicted.</summary>
    internal PredictionKind Kind { get; private set; }

    /// <summary>How often class <paramref name="actual"/> was predicted as <paramref name="predicted"/>. Of yes-or-no predictions
    /// the table of each label follows that of the label before.</summary>
    internal long Confusion(int actual, int predicted, int label = 0)
    {
        int classes = Kind == PredictionKind.Flags ? 2 : Outputs;
        return _confusion[(label * classes + actual) * classes + predicted];
    }

    /// <summary>Predictions in the bins of confidence.</summary>
    internal CalibrationBin[] Calibration() =>
    [
        .. Enumerable.Range(0, Bins).Select(bin => new CalibrationBin(
            (double)bin / Bins, (double)(bin + 1) / Bins, _binCounts[bin], _binConfidence[bin] / _binCounts[bin],
            (double)_binRight[bin] / _binCounts[bin])),
    ];

    /// <summary>Every prediction and target of an output.</summary>
    internal (double[] Predictions, double[] Targets) Numbers(int output) =>
        (Column(_predictions, output), Column(_targets, output));

    /// <summary>Takes a batch of classes.</summary>
    /// <param name="logits">[M, K].</param>
    /// <param name="labels">[M], of which those of -100 do not count.</param>
    internal void AddClasses(Tensor logits, Tensor labels)
    {
        Begin(PredictionKind.Classes, (int)logits.size(1), (int)(logits.size(1) * logits.size(1)));
        using var scope = NewDisposeScope();
        var probabilities = nn.functional.softmax(logits.to_type(ScalarType.Float64), 1);
        double[] classes = TensorMemory.Doubles(labels), said = TensorMemory.Doubles(logits.argmax(1));
        double[] confidence = TensorMemory.Doubles(probabilities.amax([1]));
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] == ClassLabels.None) continue;
            int actual = (int)classes[i], predicted = (int)said[i];
            _confusion[actual * Outputs + predicted]++;
            Bin(confidence[i], actual == predicted);
        }
    }

    /// <summary>Takes a batch of yes-or-no predictions.</summary>
    /// <param name="logits">[N, ...].</param>
    /// <param name="targets">Likewise, in [0, 1]; 0.5 and above is a yes.</param>
    internal void AddFlags(Tensor logits, Tensor targets)
    {
        int labels = (int)(logits.numel() / logits.size(0));
        Begin(PredictionKind.Flags, labels, labels * 4);
        double[] outputs = TensorMemory.Doubles(logits), held = TensorMemory.Doubles(targets);
        for (int i = 0; i < outputs.Length; i++)
        {
            int actual = held[i] >= 0.5 ? 1 : 0, predicted = outputs[i] > 0 ? 1 : 0;
            _confusion[(i % labels * 2 + actual) * 2 + predicted]++;
            Bin(1 / (1 + Math.Exp(-Math.Abs(outputs[i]))), actual == predicted);
        }
    }

    /// <summary>Takes a batch of numbers.</summary>
    /// <param name="predictions">[N, T].</param>
    /// <param name="targets">[N, T].</param>
    internal void AddNumbers(Tensor predictions, Tensor targets)
    {
        Begin(PredictionKind.Numbers, (int)predictions.size(1), 0);
        _predictions.Add(TensorMemory.Doubles(predictions));
        _targets.Add(TensorMemory.Doubles(targets));
    }

    private void Begin(PredictionKind kind, int outputs, int counts)
    {
        if (Outputs == 0)
        {
            (Kind, Outputs, _confusion) = (kind, outputs, new long[counts]);
            return;
        }

        if (Kind != kind || Outputs != outputs)
            throw new InvalidOperationException(
                $"The record holds {Kind} of {Outputs} outputs: take a new one for {kind} of {outputs}.");
    }

    // A bin holds its upper bound, as in Calibration.
    private void Bin(double confidence, bool isRight)
    {
        if (double.IsNaN(confidence)) return;
        int bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        _binCounts[bin]++;
        _binConfidence[bin] += confidence;
        if (isRight) _binRight[bin]++;
    }

    private double[] Column(List<double[]> batches, int output)
    {
        var column = new List<double>();
        foreach (double[] batch in batches)
        {
            for (int i = output; i < batch.Length; i += Outputs) column.Add(batch[i]);
        }

        return [.. column];
    }
}

/// <summary>What a network predicts.</summary>
internal enum PredictionKind
{
    /// <summary>One of several classes.</summary>
    Classes,

    /// <summary>Yes or no, of each of its own.</summary>
    Flags,

    /// <summary>Real numbers.</summary>
    Numbers,
}

/// <summary>Predictions of like confidence.</summary>
/// <param name="From">Confidences above this one.</param>
/// <param name="To">Up to this one.</param>
/// <param name="Count">How many predictions.</param>
/// <param name="Confidence">Their mean confidence; NaN where there is none.</param>
/// <param name="Accuracy">The share of right ones; NaN where there is none.</param>
public readonly record struct CalibrationBin(double From, double To, long Count, double Confidence, double Accuracy);
