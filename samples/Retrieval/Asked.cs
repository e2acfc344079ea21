using Dsl.Runtime;
using static TorchSharp.torch;

namespace Retrieval;

/// <summary>What customers ask with: the products of scenes, as the detector cuts them out.</summary>
/// <param name="Products">What each really is.</param>
/// <param name="Rows">Where each stands among the cut-outs; null for what the detector missed.</param>
/// <param name="CutOuts">[found, 3, 24, 24].</param>
public sealed record Asked(Product[] Products, int?[] Rows, Tensor CutOuts)
{
    /// <summary>The share that was found.</summary>
    public double Found => Rows.Count(row => row is not null) / (double)Rows.Length;

    /// <summary>Finds products in scenes, and takes for each the detection that overlaps it most, by a half at least.</summary>
    /// <param name="finder">The detector's network.</param>
    /// <param name="detector">Reads what it says.</param>
    /// <param name="scenes">[N, 3, 64, 64].</param>
    /// <param name="objects">What is in them.</param>
    public static Asked With(ProductFinder finder, IDetector detector, Tensor scenes, IReadOnlyList<Placed> objects)
    {
        IReadOnlyList<Detection[]> detections;
        using (NewDisposeScope()) detections = detector.Detect(finder.Predict(scenes));
        var boxes = new List<(int, Box)>();
        var rows = new int?[objects.Count];
        for (int i = 0; i < objects.Count; i++)
        {
            var place = objects[i];
            var known = detections[place.Scene]
                .Where(found => found.Score > 0.2f && found.Box.Overlap(place.Box) >= 0.5f).ToList();
            if (known.Count == 0) continue;
            rows[i] = boxes.Count;
            boxes.Add((place.Scene, known.MaxBy(found => found.Box.Overlap(place.Box)).Box));
        }

        return new Asked([.. objects.Select(place => place.Product)], rows, Shop.CutOuts(scenes, boxes));
    }

    /// <summary>The cut-outs by the true boxes, as if the detector made no error.</summary>
    public static Asked ByTrueBoxes(Tensor scenes, IReadOnlyList<Placed> objects) => new(
        [.. objects.Select(place => place.Product)], [.. Enumerable.Range(0, objects.Count).Select(i => (int?)i)],
        Shop.CutOuts(scenes, [.. objects.Select(place => (place.Scene, place.Box))]));
}
