using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Anchors over several square feature maps, in units of the image: around the centre of each cell of a map boxes of a few scales
/// of one octave with each ratio of width to height (Lin et al. 2017, arXiv 1708.02002, section 4).
/// </summary>
/// <remarks>The order is: maps one behind the other, in each its rows, in each its cells, in each the scales, in each the
/// ratios.</remarks>
public sealed class PyramidAnchors
{
    private readonly AnchorBoxes[] _maps;

    /// <summary>Anchors of some maps.</summary>
    /// <param name="maps">The cells of a side of each map, at least 1.</param>
    /// <param name="scales">The root of the area of each map's smallest anchors, above 0.</param>
    /// <param name="scalesPerOctave">n: the scales of a map are s, s·2^(1/n), ..., s·2^((n − 1)/n), at most 1.</param>
    /// <param name="ratios">Widths over heights, more than 0; at least one.</param>
    /// <exception cref="ArgumentException">The numbers of maps and scales do not fit, or one is out of its range.</exception>
    public PyramidAnchors(
        ReadOnlySpan<int> maps, ReadOnlySpan<double> scales, int scalesPerOctave, ReadOnlySpan<double> ratios)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scalesPerOctave, 1);
        if (maps.Length == 0 || scales.Length != maps.Length)
        {
            throw new ArgumentException(
                $"There is a scale for each map, and one map at least, but there are {maps.Length} maps and {scales.Length} "
                + "scales.", nameof(scales));
        }

        _maps = new AnchorBoxes[maps.Length];
        for (int k = 0; k < maps.Length; k++)
        {
            double scale = scales[k];
            double[] octave =
                [.. Enumerable.Range(0, scalesPerOctave).Select(i => scale * Math.Pow(2, i / (double)scalesPerOctave))];
            _maps[k] = new AnchorBoxes(maps[k], maps[k], octave, ratios);
        }
    }

    /// <summary>P: all anchors.</summary>
    public int Count => _maps.Sum(map => map.Count);

    /// <summary>Centres and sizes, in units of the image.</summary>
    /// <param name="type">The number type.</param>
    /// <param name="device">Where they are to be.</param>
    /// <returns>[P, 4]: x and y of the centre, width, height; the caller frees it.</returns>
    public Tensor Centered(ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        return cat([.. _maps.Select(map => map.Centered(type, device))]).MoveToOuterDisposeScope();
    }
}

/// <summary>What a RetinaNet's loss compares its output with (Lin et al. 2017, arXiv 1708.02002, section 4).</summary>
public static class RetinaNetTargets
{
    /// <summary>Offsets of a RetinaNet are not scaled.</summary>
    internal const double Variance = 1;

    /// <summary>The classes and offsets of the objects that anchors stand for.</summary>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="output">[N, P, 4 + K], what the network returns; gives type and device.</param>
    /// <param name="anchors">The P anchors.</param>
    /// <param name="threshold">The overlap from which on an anchor stands for an object.</param>
    /// <param name="background">The overlap below which it is background, at most as large.</param>
    /// <returns>Classes [N, P, K], 1 for the object's, else 0; what each anchor counts there, [N, P, 1], 0 between background
    /// and object, else 1; offsets [N, P, 4], 0 where there is no object; which anchors stand for one, [N, P, 1], 1 or 0; and
    /// how many do, at least 1, without dimensions. The caller frees them.</returns>
    public static (Tensor Classes, Tensor Counts, Tensor Offsets, Tensor Standing, Tensor Number) Of(
        Tensor labels, Tensor output, PyramidAnchors anchors, double threshold, double background)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(anchors);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor centered = anchors.Centered(output.dtype, output.device), edges = Boxes.FromCenters(centered);
        Tensor match = BoxMatching.Match(edges, labels, threshold, background);
        Tensor standing = Aten.ge(match, 0).unsqueeze(-1).to_type(output.dtype);
        Tensor counts = Aten.ne(match, BoxMatching.Between).unsqueeze(-1).to_type(output.dtype);
        Tensor offsets = Boxes.Encode(BoxMatching.Targets(match, labels, edges), centered, Variance, Variance) * standing;
        Tensor places = Aten.arange(output.size(2) - 4, device: output.device);
        Tensor classes = BoxMatching.Classes(match, labels).unsqueeze(-1).eq(places).to_type(output.dtype);
        Tensor number = Aten.clamp_min(standing.sum(), 1.0);
        return (classes.MoveToOuterDisposeScope(), counts.MoveToOuterDisposeScope(), offsets.MoveToOuterDisposeScope(),
            standing.MoveToOuterDisposeScope(), number.MoveToOuterDisposeScope());
    }
}

/// <summary>Detections of a RetinaNet: what it says of each anchor, by class, without those that overlap a surer one.</summary>
/// <param name="anchors">Its anchors.</param>
public sealed class RetinaNetDetector(PyramidAnchors anchors) : IDetector
{
    /// <summary>Its anchors.</summary>
    public PyramidAnchors Anchors => anchors;

    /// <summary>Which of detections that overlap stay: by the authors' threshold 0.5, from the score 0.05 on, 100 of an
    /// image.</summary>
    public NonMaximumSuppression Suppression { get; set; } = new() { Threshold = 0.5, LeastScore = 0.05, Most = 100 };

    /// <inheritdoc/>
    /// <param name="output">[N, P, 4 + K]: offsets from the anchors, and a logit of each class.</param>
    public IReadOnlyList<Detection[]> Detect(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.dim() != 3 || output.size(1) != anchors.Count || output.size(2) < 5)
        {
            throw new ArgumentException(
                $"An output for {anchors.Count} anchors is [N, {anchors.Count}, 4 + K], but this is "
                + $"[{string.Join(", ", output.shape)}].", nameof(output));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor centered = anchors.Centered(output.dtype, output.device);
        Tensor boxes = Boxes.Clip(Boxes.Decode(
            output.narrow(2, 0, 4), centered, RetinaNetTargets.Variance, RetinaNetTargets.Variance));
        return DetectionRows.Read(boxes, output.narrow(2, 4, output.size(2) - 4).sigmoid(), Suppression);
    }
}
