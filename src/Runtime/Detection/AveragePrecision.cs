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

/// <summary>The objects that an average precision is about, by the area of their boxes in pixels: COCO's sizes.</summary>
public enum ObjectSize
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Up to 32².</summary>
    Small,

    /// <summary>From 32² to 96².</summary>
    Medium,

    /// <summary>From 96² on.</summary>
    Large,
}

/// <summary>
/// Average precision of detections. Detections of a class, over all images from the surest on, each take an object of the
/// class that they overlap from a threshold on; the others are false. The precision at a recall is the largest at that recall or
/// a larger one.
/// </summary>
/// <remarks>
/// Objects that are ignored, COCO's crowds and what VOC calls difficult, are no objects: a detection of such a one is neither
/// right nor false, however many there are. Where objects of one size count, a detection of another one is neither right nor
/// false, nor is one that is of another size itself and overlaps no object that counts; COCO's own numbers take the area of an
/// object's mask, these that of its box. Of equal scores the first in the list comes first, of equal overlaps the first object
/// counts. Lin et al. 2014, arXiv 1405.0312; Everingham et al. 2010, section 4.2.
/// </remarks>
public sealed class AveragePrecision
{
    // COCO's limit of an image's detections of a class.
    private const int Most = 100;

    // Overlaps are of single precision; what overlaps by the threshold itself is right.
    private const double Slack = 1e-6;

    private readonly List<(IReadOnlyList<LabeledBox> Objects, IReadOnlyList<Detection> Detections, long Pixels)> _images = [];

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
        _images.Add((objects, detections, 0));
    }

    /// <summary>Adds an image whose size is known, which precisions of an <see cref="ObjectSize"/> need.</summary>
    /// <param name="objects">What there is; none for an image of background.</param>
    /// <param name="detections">What was found.</param>
    /// <param name="width">The width of the image in pixels, at least 1; boxes are in units of the image.</param>
    /// <param name="height">Its height, at least 1.</param>
    public void Add(IReadOnlyList<LabeledBox> objects, IReadOnlyList<Detection> detections, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        _images.Add((objects, detections, (long)width * height));
    }

    /// <summary>The classes that have an object to be found, in order.</summary>
    public IReadOnlyList<int> Classes => ClassesOf(ObjectSize.All);

    /// <summary>The average precision of a class, in [0, 1]; not a number for one without an object to be found.</summary>
    /// <param name="class">The class.</param>
    /// <param name="threshold">The overlap from which on a detection is right, in (0, 1].</param>
    /// <param name="points">Whose rules count.</param>
    /// <param name="size">The objects that count; VOC tells no sizes apart.</param>
    /// <exception cref="InvalidOperationException">A size is asked for, and an image was added without its own.</exception>
    public double Of(int @class, double threshold = 0.5, PrecisionPoints points = PrecisionPoints.Coco101,
        ObjectSize size = ObjectSize.All)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        if (points == PrecisionPoints.Voc11 && size != ObjectSize.All)
            throw new ArgumentException("VOC tells no sizes of objects apart: ask by COCO's rules.", nameof(size));
        var (curve, objects) = Curve(@class, threshold, points, size);
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
    /// <param name="size">The objects that count; VOC tells no sizes apart.</param>
    /// <exception cref="InvalidOperationException">A size is asked for, and an image was added without its own.</exception>
    public double Mean(double threshold = 0.5, PrecisionPoints points = PrecisionPoints.Coco101,
        ObjectSize size = ObjectSize.All) =>
        ClassesOf(size).Select(known => Of(known, threshold, points, size)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean over COCO's ten thresholds, "AP" without a number; of a size "AP small", "medium" or "large".</summary>
    /// <param name="size">The objects that count.</param>
    /// <exception cref="InvalidOperationException">A size is asked for, and an image was added without its own.</exception>
    public double MeanOverThresholds(ObjectSize size = ObjectSize.All) =>
        CocoThresholds.Average(threshold => Mean(threshold, size: size));

    private IReadOnlyList<int> ClassesOf(ObjectSize size) =>
    [
        .. _images.Index().SelectMany(image => image.Item.Objects.Where(known => !known.IsIgnored
            && IsOf(size, known.Box, image.Index))).Select(known => known.Class).Distinct().Order(),
    ];

    // Both bounds belong to a size, as in COCO's own program.
    private bool IsOf(ObjectSize size, Box box, int image)
    {
        if (size == ObjectSize.All) return true;
        if (_images[image].Pixels == 0)
        {
            throw new InvalidOperationException(
                $"Image {image} was added without its size, by which objects are small or large: add it with its width and "
                + "height.");
        }

        double area = (double)box.Width * box.Height * _images[image].Pixels, slack = Slack * _images[image].Pixels;
        return size switch
        {
            ObjectSize.Small => area <= (32 * 32) + slack,
            ObjectSize.Medium => area >= (32 * 32) - slack && area <= (96 * 96) + slack,
            _ => area >= (96 * 96) - slack,
        };
    }

    private (List<(int Right, double Precision)> Curve, int Objects) Curve(
        int @class, double threshold, PrecisionPoints points, ObjectSize size)
    {
        var objects = _images.Select(image => image.Objects.Where(known => known.Class == @class).ToArray()).ToArray();
        var taken = objects.Select(known => new bool[known.Length]).ToArray();
        var counts = objects.Select((known, image) => known.Select(one => !one.IsIgnored && IsOf(size, one.Box, image)).ToArray())
            .ToArray();
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
                ? Nearest(box, objects[image], i => counts[image][i] && !taken[image][i], threshold)
                : Nearest(box, objects[image], _ => true, threshold);
            if (at < 0 && points == PrecisionPoints.Coco101)
            {
                // An object of another size is taken by one detection, a crowd by any number; by the one that it overlaps most.
                int other = Nearest(box, objects[image],
                    i => !counts[image][i] && !objects[image][i].IsIgnored && !taken[image][i], threshold);
                double nearest = other < 0 ? 0 : box.Overlap(objects[image][other].Box);
                bool isInCrowd = objects[image].Any(known => known.IsIgnored
                    && ShareIn(known.Box, box) is var share && share + Slack >= threshold && share > nearest);
                if (other >= 0 && !isInCrowd) taken[image][other] = true;
                if (other >= 0 || isInCrowd || !IsOf(size, box, image)) continue;
            }

            if (at >= 0 && objects[image][at].IsIgnored) continue;
            if (at < 0 || taken[image][at]) wrong++;
            else (taken[image][at], right) = (true, right + 1);
            curve.Add((right, right / (double)(right + wrong)));
        }

        for (int i = curve.Count - 2; i >= 0; i--)
            curve[i] = (curve[i].Right, Math.Max(curve[i].Precision, curve[i + 1].Precision));
        return (curve, counts.Sum(own => own.Count(one => one)));
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
