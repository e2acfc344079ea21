using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a classifier says of samples, and what they are: logits [M, K] with a class for each row, in float64.</summary>
public sealed class LabelledLogits : IDisposable
{
    /// <summary>Logits with their labels, of which copies are made.</summary>
    /// <param name="logits">[N, K], [N, T, K] for sequences or [N, K, H, W] for images of classes; K at least 2.</param>
    /// <param name="labels">[N], [N, T] or [N, H, W] int64, classes in 0, ..., K − 1; rows with -100 are left out.</param>
    /// <exception cref="DataMismatchException">Shapes or types that do not fit, a logit that is not finite, no label, or one that
    /// is no class.</exception>
    public LabelledLogits(Tensor logits, Tensor labels)
    {
        BatchPart.Require(logits, nameof(logits));
        BatchPart.Require(labels, nameof(labels));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor last = logits.dim() == 4 ? logits.permute(0, 2, 3, 1) : logits;
        if (last.dim() < 2 || !logits.is_floating_point() || labels.dtype != ScalarType.Int64 || last.size(-1) < 2
            || !last.shape.AsSpan(0, (int)last.dim() - 1).SequenceEqual(labels.shape))
        {
            throw new DataMismatchException(
                $"The logits are [{string.Join(", ", logits.shape)}] of {logits.dtype} and the labels "
                + $"[{string.Join(", ", labels.shape)}] of {labels.dtype}: give [N, K], [N, T, K] or [N, K, H, W] and as many "
                + "labels of Int64.");
        }

        Tensor classes = labels.reshape(-1), place = Aten.ne(classes, ClassLabels.None).nonzero().flatten();
        if (place.numel() == 0) throw new DataMismatchException("No prediction has a class: every label is -100.");
        Tensor rows = last.reshape(-1, last.size(-1)).index_select(0, place).to_type(ScalarType.Float64);
        FiniteData.Require(rows, nameof(logits));
        Tensor known = classes.index_select(0, place);
        ClassLabels.Require(nameof(LabelledLogits), known, rows.size(1), rows.size(0), []);
        (Logits, Labels) = (rows.DetachFromDisposeScope(), known.DetachFromDisposeScope());
    }

    /// <summary>[M, K] float64.</summary>
    public Tensor Logits { get; }

    /// <summary>[M] int64.</summary>
    public Tensor Labels { get; }

    /// <summary>M: how many predictions there are.</summary>
    public long Count => Labels.size(0);

    /// <summary>Mean cross-entropy in nats.</summary>
    public double Loss
    {
        get
        {
            using var scope = NewDisposeScope();
            return Aten.item(nn.functional.cross_entropy(Logits, Labels));
        }
    }

    /// <summary>The share of rows whose largest logit is their class.</summary>
    public double Accuracy
    {
        get
        {
            using var scope = NewDisposeScope();
            return Aten.item(Right.to_type(ScalarType.Float64).mean());
        }
    }

    /// <summary>The expected calibration error, in 15 bins of equal width.</summary>
    public double CalibrationError => Calibration.ExpectedError(Logits, Labels);

    /// <summary>Which rows' largest logit is their class, [M] of truth values; the caller frees it.</summary>
    public Tensor Right
    {
        get
        {
            using var scope = NewDisposeScope();
            return Logits.argmax(1).eq(Labels).MoveToOuterDisposeScope();
        }
    }

    /// <summary>The largest probability of each row, [M] float64; the caller frees it.</summary>
    public Tensor Confidence
    {
        get
        {
            using var scope = NewDisposeScope();
            return Logits.softmax(1).amax([1]).MoveToOuterDisposeScope();
        }
    }

    /// <summary>What a network says of data, in evaluation mode and without gradients.</summary>
    /// <param name="network">A classifier with logits: one network, a <see cref="NetworkEnsemble"/>, a
    /// <see cref="MonteCarloDropout"/>; every module's mode is restored.</param>
    /// <param name="data">Inputs and classes.</param>
    /// <param name="device">Where the network lives; null for the CPU.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    public static LabelledLogits Of(
        nn.Module<Tensor, Tensor> network, ILabeledDataSource data, Device? device = null, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<Tensor> logits = [], labels = [];
        return EvaluationLoop.Run(network, EvaluationLoop.Predict(network, data, device ?? CPU), data, device ?? CPU, batchSize,
            (said, known, _) =>
            {
                logits.Add(said.MoveToOuterDisposeScope());
                labels.Add(known.MoveToOuterDisposeScope());
            },
            _ => new LabelledLogits(cat(logits, 0), cat(labels, 0)));
    }

    /// <summary>Loss, accuracy and calibration error.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {Loss:0.0000}, accuracy {Accuracy:0.0000}, calibration error {CalibrationError:0.0000} of {Count}");

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Logits.Dispose();
        Labels.Dispose();
    }
}
