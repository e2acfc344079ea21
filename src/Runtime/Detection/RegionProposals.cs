using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Proposals of a region proposal network: the anchors that it takes most for an object, moved and grown as it says,
/// without those that overlap a surer one (Ren et al. 2015, arXiv 1506.01497, section 3.3).</summary>
/// <remarks>They are chosen on the host: of a network on another device its numbers are read, for which the step waits.</remarks>
public static class RegionProposals
{
    /// <summary>The side below which a proposal is left out, in units of the image.</summary>
    public const double LeastSide = 1e-3;

    /// <summary>The proposals of each image, the surest first, cut off at the image's edges. No gradient goes through
    /// them.</summary>
    /// <param name="output">[N, P, 5]: for each anchor four offsets and the logit of an object.</param>
    /// <param name="anchors">The P anchors.</param>
    /// <param name="candidates">The surest anchors that are looked at, at least 1.</param>
    /// <param name="most">Q: proposals of an image, at least 1.</param>
    /// <param name="overlap">The overlap with a surer proposal above which one is left out, in [0, 1].</param>
    /// <returns>[N, Q, 4] in edges; rows behind an image's own are zeros, boxes without an area. The caller frees it.</returns>
    public static Tensor Of(Tensor output, AnchorBoxes anchors, int candidates, int most, double overlap)
    {
        var images = Find(output, anchors, candidates, most, overlap);
        var numbers = new float[images.Count * most * 4];
        for (int i = 0; i < images.Count; i++) Write(images[i], numbers.AsSpan(i * most * 4));
        using var scope = NewDisposeScope();
        return from_array(numbers).view(images.Count, most, 4).to(output.dtype).to(output.device).MoveToOuterDisposeScope();
    }

    /// <summary>The same as lists, each as long as an image has proposals.</summary>
    internal static IReadOnlyList<List<Box>> Find(Tensor output, AnchorBoxes anchors, int candidates, int most, double overlap)
    {
        Require(output, anchors);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor centered = anchors.Centered(output.dtype, output.device);
        Tensor boxes = Boxes.Clip(Boxes.Decode(output.narrow(2, 0, 4), centered, 1, 1));
        float[] edges = DetectionRows.Numbers(boxes), logits = DetectionRows.Numbers(output.narrow(2, 4, 1));
        var images = new List<List<Box>>();
        for (int i = 0; i < output.size(0); i++)
        {
            int first = i * anchors.Count;
            var surest = Enumerable.Range(first, anchors.Count).OrderByDescending(row => logits[row]).Take(candidates)
                .Select(row => new Box(edges[4 * row], edges[(4 * row) + 1], edges[(4 * row) + 2], edges[(4 * row) + 3]));
            var found = new List<Box>();
            foreach (var box in surest)
            {
                if (!(box.Width >= LeastSide && box.Height >= LeastSide)) continue;
                if (found.Any(surer => surer.Overlap(box) > overlap)) continue;
                found.Add(box);
                if (found.Count == most) break;
            }

            images.Add(found);
        }

        return images;
    }

    internal static void Write(IReadOnlyList<Box> boxes, Span<float> numbers)
    {
        for (int i = 0; i < boxes.Count; i++)
        {
            (numbers[4 * i], numbers[(4 * i) + 1], numbers[(4 * i) + 2], numbers[(4 * i) + 3]) =
                (boxes[i].X1, boxes[i].Y1, boxes[i].X2, boxes[i].Y2);
        }
    }

    internal static void Require(Tensor output, AnchorBoxes anchors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(anchors);
        if (output.dim() == 3 && output.size(1) == anchors.Count && output.size(2) == 5) return;
        throw new ArgumentException(
            $"For {anchors.Count} anchors a proposal network returns [N, {anchors.Count}, 5], but this is "
            + $"[{string.Join(", ", output.shape)}].", nameof(output));
    }
}
