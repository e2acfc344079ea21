using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What an SSD's loss compares its output with (Liu et al. 2016, arXiv 1512.02325, section 2.2).</summary>
public static class SsdTargets
{
    /// <summary>The classes and offsets of the objects that priors stand for.</summary>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="output">[N, P, 4 + 1 + K], what the network returns; gives type and device.</param>
    /// <param name="priors">The P priors.</param>
    /// <param name="threshold">The overlap from which on a prior stands for an object.</param>
    /// <returns>Classes [N·P] int64, 0 for background and c + 1 for class c; offsets [N, P, 4], 0 for background; and what each
    /// row of those counts, [N, P, 1], 1 or 0. The caller frees them.</returns>
    public static (Tensor Classes, Tensor Offsets, Tensor Counts) Of(
        Tensor labels, Tensor output, PriorBoxes priors, double threshold)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(priors);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor centered = priors.Centered(output.dtype, output.device), edges = Boxes.FromCenters(centered);
        Tensor match = BoxMatching.Match(edges, labels, threshold);
        Tensor counts = Aten.ge(match, 0).unsqueeze(-1).to_type(output.dtype);
        Tensor offsets = Boxes.Encode(BoxMatching.Targets(match, labels, edges), centered) * counts;
        Tensor classes = Aten.add(BoxMatching.Classes(match, labels), 1L).reshape(-1);
        return (classes.MoveToOuterDisposeScope(), offsets.MoveToOuterDisposeScope(), counts.MoveToOuterDisposeScope());
    }

    /// <summary>The rows that count in the loss of classes: those that stand for an object, and in each image the hardest others,
    /// some for each of those (hard negative mining).</summary>
    /// <param name="losses">[N·P], the cross-entropy of each row.</param>
    /// <param name="counts">[N, P, 1]: 1 for rows that stand for an object.</param>
    /// <param name="negatives">Rows of background for each that stands for an object, at least 0. An image without an object has
    /// none.</param>
    /// <returns>[N·P], 1 or 0; the caller frees it.</returns>
    public static Tensor Mine(Tensor losses, Tensor counts, double negatives)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(counts);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor positive = counts.squeeze(-1), isPositive = Aten.gt(positive, 0.0);
        Tensor hardness = Aten.masked_fill(losses.detach().view(positive.shape), isPositive, double.NegativeInfinity);
        Tensor rank = hardness.argsort(1, descending: true).argsort(1);
        Tensor most = Aten.mul(positive.sum(1, keepdim: true), negatives);
        return rank.to_type(positive.dtype).lt(most).logical_or(isPositive).to_type(losses.dtype).reshape(-1)
            .MoveToOuterDisposeScope();
    }
}

/// <summary>Detections of an SSD: what it says of each prior, by class, without those that overlap a surer one.</summary>
/// <param name="priors">Its priors.</param>
public sealed class SsdDetector(PriorBoxes priors) : IDetector
{
    /// <summary>Its priors.</summary>
    public PriorBoxes Priors => priors;

    /// <summary>Which of detections that overlap stay.</summary>
    public NonMaximumSuppression Suppression { get; set; } = new();

    /// <inheritdoc/>
    /// <param name="output">[N, P, 4 + 1 + K]: offsets from the priors, and logits of background and the classes.</param>
    public IReadOnlyList<Detection[]> Detect(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.dim() != 3 || output.size(1) != priors.Count || output.size(2) < 6)
        {
            throw new ArgumentException(
                $"An output for {priors.Count} priors is [N, {priors.Count}, 5 + K], but this is "
                + $"[{string.Join(", ", output.shape)}].", nameof(output));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor centered = priors.Centered(output.dtype, output.device);
        Tensor boxes = Boxes.Clip(Boxes.Decode(output.narrow(2, 0, 4), centered));
        Tensor scores = output.narrow(2, 4, output.size(2) - 4).softmax(-1).narrow(-1, 1, output.size(2) - 5);
        return DetectionRows.Read(boxes, scores, Suppression);
    }
}

/// <summary>Detections of boxes that have a score for each class.</summary>
internal static class DetectionRows
{
    /// <summary>Reads them to the host.</summary>
    /// <param name="boxes">[N, P, 4], or [N, P, K, 4] where each class has a box of its own.</param>
    /// <param name="scores">[N, P, K].</param>
    /// <param name="suppression">Which of them stay.</param>
    public static IReadOnlyList<Detection[]> Read(Tensor boxes, Tensor scores, NonMaximumSuppression suppression)
    {
        float[] edges = Numbers(boxes), likely = Numbers(scores);
        int rows = (int)boxes.size(1), classes = (int)scores.size(2), each = boxes.dim() == 4 ? classes : 1;
        var found = new List<Detection[]>();
        for (int i = 0; i < boxes.size(0); i++)
        {
            var all = new List<Detection>();
            for (int row = i * rows; row < (i + 1) * rows; row++)
            {
                for (int k = 0; k < classes; k++)
                {
                    float score = likely[(row * classes) + k];
                    if (!(score >= suppression.LeastScore)) continue;
                    var corner = edges.AsSpan(4 * ((row * each) + (each == 1 ? 0 : k)), 4);
                    var box = new Box(corner[0], corner[1], corner[2], corner[3]);
                    if (box.Area > 0) all.Add(new Detection(k, score, box));
                }
            }

            found.Add(suppression.Of(all));
        }

        return found;
    }

    /// <summary>The elements on the host, in order.</summary>
    public static float[] Numbers(Tensor tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.cpu().to_type(ScalarType.Float32).contiguous().bytes).ToArray();
}
