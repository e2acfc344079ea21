using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a DETR's loss compares its output with (Carion et al. 2020, arXiv 2005.12872, section 3.1).</summary>
public static class DetrTargets
{
    // What a pair costs of which the network says no number: the trainer tells of the loss, which is none then.
    private const double OfNoNumber = 1e6;

    /// <summary>The objects of the queries, by the cheapest matching of each image, exactly and on the host.</summary>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="boxes">[N, Q, 4]: what the network says, centres and sizes in units of the image.</param>
    /// <param name="logits">[N·Q, 1 + K], of no object and the classes.</param>
    /// <param name="coordinates">λ_L1: what the distance of two boxes costs.</param>
    /// <param name="overlaps">λ_iou: what their generalised overlap saves.</param>
    /// <param name="noObject">The weight of a query without an object.</param>
    /// <returns>Classes [N·Q] int64, 0 for no object and c + 1 for class c; the queries' weights [N·Q]; boxes [N, Q, 4],
    /// centres and sizes, the whole image where there is no object; which queries have one, [N, Q], 1 or 0; and how many do, at
    /// least 1, without dimensions. The caller frees them.</returns>
    public static (Tensor Classes, Tensor Weights, Tensor Boxes, Tensor Standing, Tensor Number) Of(
        Tensor labels, Tensor boxes, Tensor logits, double coordinates, double overlaps, double noObject)
    {
        BoxLabels.RequireRows(labels, nameof(labels));
        Dsl.Runtime.Boxes.Require(boxes, nameof(boxes));
        ArgumentNullException.ThrowIfNull(logits);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int images = (int)boxes.size(0), queries = (int)boxes.size(1), width = (int)logits.size(1);
        float[] said = DetectionRows.Numbers(boxes.detach()), chances = DetectionRows.Numbers(logits.detach().softmax(-1));
        var known = BoxLabels.Read(labels);
        var classes = new long[images * queries];
        float[] targets = new float[images * queries * 4], standing = new float[images * queries];
        int count = 0;
        for (int i = 0; i < images; i++)
        {
            LabeledBox[] objects = [.. known[i].Where(one => !one.IsIgnored)];
            var costs = new double[objects.Length, queries];
            for (int o = 0; o < objects.Length; o++)
            {
                for (int q = 0; q < queries; q++)
                {
                    int row = (i * queries) + q;
                    double cost = Cost(objects[o].Box, said.AsSpan(row * 4, 4), coordinates, overlaps)
                        - chances[(row * width) + objects[o].Class + 1];
                    costs[o, q] = double.IsFinite(cost) ? cost : OfNoNumber;
                }
            }

            int[] queryOf = Assignment.Solve(costs);
            for (int row = i * queries; row < (i + 1) * queries; row++) Put(targets, row, new Box(0, 0, 1, 1));
            for (int o = 0; o < objects.Length; o++)
            {
                if (queryOf[o] < 0) continue;
                int row = (i * queries) + queryOf[o];
                (classes[row], standing[row]) = (objects[o].Class + 1, 1);
                Put(targets, row, objects[o].Box);
                count++;
            }
        }

        float[] weights = [.. standing.Select(one => one > 0 ? 1 : (float)noObject)];
        return (from_array(classes).to(boxes.device).MoveToOuterDisposeScope(), Made(weights, images * queries),
            Made(targets, images, queries, 4), Made(standing, images, queries), Made([Math.Max(1, count)]));

        Tensor Made(float[] numbers, params long[] shape) =>
            from_array(numbers).view(shape).to(boxes.dtype).to(boxes.device).MoveToOuterDisposeScope();
    }

    // λ_L1 times the distance of two boxes, less λ_iou times their generalised overlap.
    private static double Cost(Box box, ReadOnlySpan<float> said, double coordinates, double overlaps)
    {
        var own = new Box(said[0] - (said[2] / 2), said[1] - (said[3] / 2), said[0] + (said[2] / 2), said[1] + (said[3] / 2));
        double distance = Math.Abs(said[0] - ((box.X1 + box.X2) / 2)) + Math.Abs(said[1] - ((box.Y1 + box.Y2) / 2))
            + Math.Abs(said[2] - box.Width) + Math.Abs(said[3] - box.Height);
        var around = new Box(
            Math.Min(own.X1, box.X1), Math.Min(own.Y1, box.Y1), Math.Max(own.X2, box.X2), Math.Max(own.Y2, box.Y2));
        double union = own.Area + box.Area - own.Shared(box);
        double alike = own.Overlap(box) - ((around.Area - union) / around.Area);
        return (coordinates * distance) - (overlaps * alike);
    }

    private static void Put(float[] targets, int row, Box box)
    {
        var place = targets.AsSpan(row * 4, 4);
        (place[0], place[1], place[2], place[3]) = ((box.X1 + box.X2) / 2, (box.Y1 + box.Y2) / 2, box.Width, box.Height);
    }
}

/// <summary>Detections of a DETR: of each query the likeliest class and its box. Nothing is suppressed.</summary>
public sealed class DetrDetector : IDetector
{
    /// <summary>The probability of its class below which a query has found nothing, in [0, 1].</summary>
    public double LeastScore
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    } = 0.01;

    /// <inheritdoc/>
    /// <param name="output">[N, Q, 4 + 1 + K]: logits of centres and sizes, of no object and of the classes.</param>
    public IReadOnlyList<Detection[]> Detect(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.dim() != 3 || output.size(2) < 6)
        {
            throw new ArgumentException(
                $"An output of queries is [N, Q, 5 + K], but this is [{string.Join(", ", output.shape)}].", nameof(output));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor boxes = Boxes.Clip(Boxes.FromCenters(output.narrow(2, 0, 4).sigmoid()));
        var (scores, classes) = output.narrow(2, 4, output.size(2) - 4).softmax(-1).narrow(-1, 1, output.size(2) - 5).max(-1);
        float[] edges = DetectionRows.Numbers(boxes), likely = DetectionRows.Numbers(scores);
        float[] kinds = DetectionRows.Numbers(classes);
        int queries = (int)output.size(1);
        return
        [
            .. Enumerable.Range(0, (int)output.size(0)).Select(image => Enumerable.Range(image * queries, queries)
                .Select(row => new Detection((int)kinds[row], likely[row],
                    new Box(edges[4 * row], edges[(4 * row) + 1], edges[(4 * row) + 2], edges[(4 * row) + 3])))
                .Where(found => found.Score >= LeastScore && found.Box.Area > 0)
                .OrderByDescending(found => found.Score).ToArray()),
        ];
    }
}
