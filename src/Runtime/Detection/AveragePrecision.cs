namespace Dsl.Runtime;

/// <summary>By whose rules detections take objects, and where the precision is read.</summary>
public enum PrecisionPoints
{
    /// <summary>
    /// COCO's: the mean of the precisions at recalls 0, 0.01, ..., 1. A detection takes the object that it overlaps most among
    /// those that none took before. Of an image's detections of a class the 100 surest count. The overlap with a crowd is the
    /// share of the detection's own area that lies in it.
    /// </summary>
    Coco101,

    /// <summary>
    /// VOC's until 2009: the mean of the precisions at recalls 0, 0.1, ..., 1. A detection of which another one took the nearest
    /// object is false, also where it overlaps a second one.
    /// </summary>
    Voc11,
}

/// <summary>
/// Average precision of detections. Detections of a class, over all images from the surest on, each take an object of the
/// class that they overlap from a threshold on; the others are false. The precision at a recall is the largest at that recall or
/// a larger one.
/// </summary>
/// <remarks>
/// Objects that are ignored, COCO's crowds and what VOC calls difficult, are no objects: a detection of such a one is neither
/// right nor false, however many there are. Left out are COCO's sizes of objects. Of equal scores the first in the list comes
/// first, of equal overlaps the first object counts. Lin et al. 2014, arXiv 1405.0312; Everingham et al. 2010, section 4.2.
/// </remarks>
public sealed class AveragePrecision
{
    // COCO's limit of an image's detections of a class.
    private const int Most = 100;

    // Overlaps are of single precision; what overlaps by the threshold itself is right.
    private const double Slack = 1e-6;

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
    /// <param name="points">Whose rules count.</param>
    public double Of(int @class, double threshold = 0.5, PrecisionPoints points = PrecisionPoints.Coco101)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        var (curve, objects) = Curve(@class, threshold, points);
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
    /// <param name="points">Whose rules count.</param>
    public double Mean(double threshold = 0.5, PrecisionPoints points = PrecisionPoints.Coco101) =>
        Classes.Select(known => Of(known, threshold, points)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean over COCO's ten thresholds, "AP" without a number.</summary>
    public double MeanOverThresholds() => CocoThresholds.Average(threshold => Mean(threshold));

    private (List<(int Right, double Precision)> Curve, int Objects) Curve(
        int @class, double threshold, PrecisionPoints points)
    {
        var objects = _images.Select(image => image.Objects.Where(known => known.Class == @class).ToArray()).ToArray();
        var taken = objects.Select(known => new bool[known.Length]).ToArray();
        int most = points == PrecisionPoints.Coco101 ? Most : int.MaxValue;
        var found = _images.Index()
            .SelectMany(image => image.Item.Detections.Where(detection => detection.Class == @class)
                .OrderByDescending(detection => detection.Score).Take(most)
                .Select(detection => (image.Index, detection.Box, detection.Score)))
            .OrderByDescending(found => found.Score);
        int right = 0, wrong = 0;
        var curve = new List<(int Right, double Precision)>();
        foreach (var (image, box, _) in found)
        {
            int at = points == PrecisionPoints.Coco101
                ? Nearest(box, objects[image], i => !objects[image][i].IsIgnored && !taken[image][i], threshold)
                : Nearest(box, objects[image], _ => true, threshold);
            if (at < 0 && points == PrecisionPoints.Coco101 && objects[image].Any(known => known.IsIgnored
                && ShareIn(known.Box, box) + Slack >= threshold)) continue;
            if (at >= 0 && objects[image][at].IsIgnored) continue;
            if (at < 0 || taken[image][at]) wrong++;
            else (taken[image][at], right) = (true, right + 1);
            curve.Add((right, right / (double)(right + wrong)));
        }

        for (int i = curve.Count - 2; i >= 0; i--)
            curve[i] = (curve[i].Right, Math.Max(curve[i].Precision, curve[i + 1].Precision));
        return (curve, objects.Sum(known => known.Count(one => !one.IsIgnored)));
    }

    // The first of those objects that count which a box overlaps most, from the threshold on; -1 if there is none.
    private static int Nearest(Box box, LabeledBox[] objects, Func<int, bool> counts, double threshold)
    {
        int best = -1;
        double most = threshold;
        for (int i = 0; i < objects.Length; i++)
        {
            double overlap = box.Overlap(objects[i].Box) + Slack;
            if (overlap >= most && (best < 0 || overlap > most) && counts(i)) (best, most) = (i, overlap);
        }

        return best;
    }

    private static float ShareIn(Box crowd, Box found) => found.Area > 0 ? found.Shared(crowd) / found.Area : 0;
}
