namespace Dsl.Runtime;

/// <summary>How the area under a curve of precision over recall is taken.</summary>
public enum PrecisionPoints
{
    /// <summary>The mean of the precisions at recalls 0, 0.01, ..., 1: COCO's.</summary>
    Coco101,

    /// <summary>The mean of the precisions at recalls 0, 0.1, ..., 1: VOC's until 2009.</summary>
    Voc11,
}

/// <summary>
/// Average precision of detections. Detections of a class, over all images from the surest on, each take the object of the
/// class that they overlap most among those that none took before, from a threshold on; the others are false. The precision at a
/// recall is the largest at that recall or a larger one.
/// </summary>
/// <remarks>
/// Objects that are ignored are no objects: a detection that no other object takes and that overlaps such a one is neither right
/// nor false. The overlap with an ignored object is the usual one, which is VOC's rule; COCO's of crowds divides by the area of
/// the detection alone, and is left out, as are COCO's areas and its limit of 100 detections (set
/// <see cref="NonMaximumSuppression.Most"/>). A detection can take an object that is not its nearest where the nearest is taken,
/// as in COCO; in VOC it is false then. Of equal scores the first in the list comes first.
/// </remarks>
public sealed class AveragePrecision
{
    private readonly List<(IReadOnlyList<LabeledBox> Objects, IReadOnlyList<Detection> Detections)> _images = [];

    /// <summary>COCO's thresholds of the overlap: 0.5, 0.55, ..., 0.95.</summary>
    public static IReadOnlyList<double> CocoThresholds { get; } = [.. Enumerable.Range(0, 10).Select(i => 0.5 + (0.05 * i))];

    /// <summary>Images that were added.</summary>
    public int Count => _images.Count;

    /// <summary>Objects that are to be found.</summary>
    public long Objects => _images.Sum(image => image.Objects.LongCount(known => !known.IsIgnored));

    /// <summary>Adds an image.</summary>
    /// <param name="objects">What there is; none for an image of background.</param>
    /// <param name="detections">What was found.</param>
    public void Add(IReadOnlyList<LabeledBox> objects, IReadOnlyList<Detection> detections)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(detections);
        _images.Add((objects, detections));
    }

    /// <summary>The classes that have an object to be found, in order.</summary>
    public IReadOnlyList<int> Classes =>
    [
        .. _images.SelectMany(image => image.Objects).Where(known => !known.IsIgnored)
            .Select(known => known.Class).Distinct().Order(),
    ];

    /// <summary>The average precision of a class, in [0, 1]; not a number for one without an object to be found.</summary>
    /// <param name="class">The class.</param>
    /// <param name="threshold">The overlap from which on a detection is right, in (0, 1].</param>
    /// <param name="points">Where the precision is read.</param>
    public double Of(int @class, double threshold = 0.5, PrecisionPoints points = PrecisionPoints.Coco101)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        var (curve, objects) = Curve(@class, threshold);
        if (objects == 0) return double.NaN;
        int count = points == PrecisionPoints.Coco101 ? 100 : 10;
        double sum = 0;

        // The curve's precisions never rise, so that the first at a recall is the largest from there on. Recalls are compared as
        // whole numbers: 3 of 10 objects are a recall of 0.3.
        for (int i = 0, at = 0; i <= count; i++)
        {
            while (at < curve.Count && (long)curve[at].Right * count < (long)i * objects) at++;
            if (at == curve.Count) break;
            sum += curve[at].Precision;
        }

        return sum / (count + 1);
    }

    /// <summary>The mean over the classes that have an object to be found; not a number where there is none.</summary>
    /// <param name="threshold">The overlap from which on a detection is right, in (0, 1].</param>
    /// <param name="points">Where the precision is read.</param>
    public double Mean(double threshold = 0.5, PrecisionPoints points = PrecisionPoints.Coco101) =>
        Classes.Select(known => Of(known, threshold, points)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean over COCO's ten thresholds, "AP" without a number.</summary>
    public double MeanOverThresholds() => CocoThresholds.Average(threshold => Mean(threshold));

    private (List<(int Right, double Precision)> Curve, int Objects) Curve(int @class, double threshold)
    {
        var objects = _images.Select(image => image.Objects.Where(known => known.Class == @class).ToArray()).ToArray();
        var taken = objects.Select(known => new bool[known.Length]).ToArray();
        var found = _images.Index()
            .SelectMany(image => image.Item.Detections.Where(detection => detection.Class == @class)
                .Select(detection => (image.Index, Detection: detection)))
            .OrderByDescending(found => found.Detection.Score);
        int right = 0, wrong = 0;
        var curve = new List<(int Right, double Precision)>();
        foreach (var (image, detection) in found)
        {
            int best = -1;
            double most = threshold;
            bool isIgnored = false;
            for (int i = 0; i < objects[image].Length; i++)
            {
                // Overlaps are of single precision; what overlaps by the threshold itself is right.
                double overlap = detection.Box.Overlap(objects[image][i].Box) + 1e-6;
                if (objects[image][i].IsIgnored) isIgnored |= overlap >= threshold;
                else if (!taken[image][i] && overlap >= most && (best < 0 || overlap > most)) (best, most) = (i, overlap);
            }

            if (best < 0 && isIgnored) continue;
            if (best < 0) wrong++;
            else (taken[image][best], right) = (true, right + 1);
            curve.Add((right, right / (double)(right + wrong)));
        }

        for (int i = curve.Count - 2; i >= 0; i--)
            curve[i] = (curve[i].Right, Math.Max(curve[i].Precision, curve[i + 1].Precision));
        return (curve, objects.Sum(known => known.Count(one => !one.IsIgnored)));
    }
}
