
namespace Dsl.Runtime.Tests.Detecting;

/// <summary>Average precisions against numbers computed by hand.</summary>
public class AveragePrecisionTests
{
    private static readonly Box Here = new(0, 0, 0.5f, 0.5f), There = new(0.5f, 0.5f, 1, 1);

    [Fact]
    public void A_false_detection_between_two_right_ones()
    {
        // Precisions 1 at recall 0.5, then 1/2, then 2/3 at recall 1.
        var precision = Of([(0, Here), (0, There)], [(0, 0.9f, Here), (0, 0.8f, new Box(0, 0.5f, 0.4f, 1)), (0, 0.7f, There)]);
        Assert.Equal(((51 * 1.0) + (50 * 2 / 3.0)) / 101, precision.Of(0), 9);
        Assert.Equal(((6 * 1.0) + (5 * 2 / 3.0)) / 11, precision.Of(0, points: PrecisionPoints.Voc11), 9);
    }

    [Fact]
    public void A_second_detection_of_an_object_is_false()
    {
        var precision = Of([(0, Here)], [(0, 0.9f, There), (0, 0.8f, Here), (0, 0.7f, Here)]);
        Assert.Equal(0.5, precision.Of(0), 9);
        Assert.Equal(0.5, precision.Of(0, points: PrecisionPoints.Voc11), 9);
    }

    [Fact]
    public void What_is_not_found_has_no_precision_at_its_recall()
    {
        var precision = Of([(0, Here), (0, There)], [(0, 0.9f, Here)]);
        Assert.Equal(51 / 101.0, precision.Of(0), 9);
        Assert.Equal(6 / 11.0, precision.Of(0, points: PrecisionPoints.Voc11), 9);
    }

    [Fact]
    public void Overlaps_count_from_the_threshold_on()
    {
        // 0.7 of the object's height: right at five of COCO's ten thresholds.
        var precision = Of([(0, new Box(0, 0, 1, 1))], [(0, 0.9f, new Box(0, 0, 1, 0.7f))]);
        Assert.Equal(1, precision.Of(0, 0.7), 9);
        Assert.Equal(0, precision.Of(0, 0.75), 9);
        Assert.Equal(0.5, precision.MeanOverThresholds(), 9);
    }

    [Fact]
    public void Objects_of_one_size_count_alone()
    {
        // In 100 x 100 pixels: 400 and 2,500 pixels are found; a detection of 400 pixels is false, and the second of 2,500 too.
        Box small = new(0, 0, 0.2f, 0.2f), medium = new(0.4f, 0.4f, 0.9f, 0.9f);
        var precision = new AveragePrecision();
        precision.Add([new(0, small), new(0, medium)], [new(0, 0.95f, new Box(0.7f, 0, 0.9f, 0.2f)), new(0, 0.9f, small),
            new(0, 0.8f, medium), new(0, 0.7f, medium)], 100, 100);
        Assert.Equal(2 / 3.0, precision.Of(0), 9);

        // The false one comes first among the small ones; medium ones lack it, but have the second detection behind all recalls.
        Assert.Equal(0.5, precision.Mean(size: ObjectSize.Small), 9);
        Assert.Equal(0.5, precision.MeanOverThresholds(ObjectSize.Small), 9);
        Assert.Equal(1, precision.Of(0, size: ObjectSize.Medium), 9);
        Assert.True(double.IsNaN(precision.Mean(size: ObjectSize.Large)));

        // Where the image has four times the pixels, 1,600 and 10,000, they are medium and large, and what is false is medium.
        var larger = new AveragePrecision();
        larger.Add([new(0, small), new(0, medium)], [new(0, 0.95f, new Box(0.7f, 0, 0.9f, 0.2f)), new(0, 0.9f, small),
            new(0, 0.8f, medium), new(0, 0.7f, medium)], 200, 200);
        Assert.True(double.IsNaN(larger.Mean(size: ObjectSize.Small)));
        Assert.Equal(0.5, larger.Mean(size: ObjectSize.Medium), 9);
        Assert.Equal(1, larger.Mean(size: ObjectSize.Large), 9);
        Assert.Throws<ArgumentException>(() => larger.Of(0, 0.5, PrecisionPoints.Voc11, ObjectSize.Large));
        var unknown = Of([(0, Here)], [(0, 0.9f, Here)]);
        Assert.Contains("Image 0", Assert.Throws<InvalidOperationException>(
            () => unknown.Mean(size: ObjectSize.Small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_at_the_bound_is_of_both_sizes_and_what_it_does_not_count_for_is_taken_once()
    {
        // 32 x 32 pixels; and a large object, whose first detection is of a medium size (0.9 · 0.9 · 10,000 = 8,100 pixels).
        Box bound = new(0, 0, 0.32f, 0.32f), large = new(0, 0, 1, 1), within = new(0, 0, 0.9f, 0.9f);
        var precision = new AveragePrecision();
        precision.Add([new(0, bound)], [new(0, 0.9f, bound)], 100, 100);
        precision.Add([new(0, large)], [new(0, 0.95f, within), new(0, 0.94f, within)], 100, 100);
        Assert.Equal(1, precision.Of(0, size: ObjectSize.Small), 9);

        // Of medium ones the first takes the large object and is nothing; the second has none left and is false: 1/2.
        Assert.Equal(0.5, precision.Of(0, size: ObjectSize.Medium), 9);

        // For the large object the first is right, the second of another size.
        Assert.Equal(1, precision.Of(0, size: ObjectSize.Large), 9);
    }

    [Fact]
    public void Classes_without_an_object_are_in_no_mean()
    {
        var precision = Of([(0, Here), (3, There)], [(0, 0.9f, Here), (2, 0.9f, There)]);
        Assert.Equal([0, 3], precision.Classes);
        Assert.Equal(0.5, precision.Mean(), 9);
        Assert.True(double.IsNaN(precision.Of(2)));
        Assert.True(double.IsNaN(new AveragePrecision().Mean()));
    }

    [Fact]
    public void Ignored_objects_are_neither_found_nor_missed()
    {
        var precision = new AveragePrecision();
        precision.Add([new(0, Here), new(0, There, IsIgnored: true)],
            [new(0, 0.9f, There), new(0, 0.8f, Here), new(0, 0.7f, There)]);
        Assert.Equal(1, precision.Of(0), 9);
        Assert.Equal(1, precision.Objects);
    }

    [Fact]
    public void A_crowd_is_seen_by_what_lies_in_it_and_a_difficult_object_by_what_it_overlaps()
    {
        // The second detection lies in the group and is a quarter of it.
        var precision = new AveragePrecision();
        precision.Add([new(0, Here), new(0, new Box(0.5f, 0, 1, 1), IsIgnored: true)],
            [new(0, 0.9f, new Box(0.5f, 0, 1, 0.25f)), new(0, 0.8f, Here)]);
        Assert.Equal(1, precision.Of(0), 9);
        Assert.Equal(0.5, precision.Of(0, points: PrecisionPoints.Voc11), 9);
    }

    [Fact]
    public void A_second_object_at_hand_is_taken_by_COCO_alone()
    {
        // Both are nearest to the first object, and overlap the second by 0.6.
        var (first, second) = (new Box(0, 0, 0.8f, 1), new Box(0.2f, 0, 1, 1));
        var precision = Of([(0, first), (0, second)], [(0, 0.9f, first), (0, 0.8f, first)]);
        Assert.Equal(1, precision.Of(0), 9);
        Assert.Equal(6 / 11.0, precision.Of(0, points: PrecisionPoints.Voc11), 9);
    }

    [Fact]
    public void Of_an_image_COCO_reads_a_hundred_detections_of_a_class()
    {
        // A hundred false ones are surer than the right one; those of another class and image push nothing out.
        var precision = new AveragePrecision();
        var wrong = Enumerable.Range(0, 100).Select(i => new Detection(0, 0.9f, There)).ToArray();
        precision.Add([new(0, Here), new(1, Here)], [.. wrong, new(0, 0.5f, Here), new(1, 0.5f, Here)]);
        Assert.Equal(0, precision.Of(0), 9);
        Assert.Equal(1, precision.Of(1), 9);
        Assert.Equal(1 / 101.0, precision.Of(0, points: PrecisionPoints.Voc11), 9);
    }

    [Fact]
    public void The_order_of_images_changes_nothing()
    {
        var random = new Random(1);
        var images = Enumerable.Range(0, 20).Select(_ => (
            Objects: Enumerable.Range(0, random.Next(4)).Select(_ => new LabeledBox(random.Next(2), Any(random))).ToArray(),
            Found: Enumerable.Range(0, random.Next(6))
                .Select(_ => new Detection(random.Next(2), random.NextSingle(), Any(random))).ToArray())).ToArray();
        var (forth, back) = (new AveragePrecision(), new AveragePrecision());
        foreach (var (objects, found) in images) forth.Add(objects, found);
        foreach (var (objects, found) in images.Reverse()) back.Add(objects, found);
        Assert.Equal(forth.Mean(0.3), back.Mean(0.3), 12);
        Assert.InRange(forth.Mean(0.3), 0.01, 0.9);
    }

    private static Box Any(Random random)
    {
        float x = random.Next(3) / 4f, y = random.Next(3) / 4f;
        return new Box(x, y, x + 0.5f, y + 0.5f);
    }

    private static AveragePrecision Of((int Class, Box Box)[] objects, (int Class, float Score, Box Box)[] found)
    {
        var precision = new AveragePrecision();
        precision.Add([.. objects.Select(known => new LabeledBox(known.Class, known.Box))],
            [.. found.Select(one => new Detection(one.Class, one.Score, one.Box))]);
        return precision;
    }
}
