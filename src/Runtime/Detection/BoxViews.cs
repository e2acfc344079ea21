using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Images of which each reading is another view, and whose boxes move with them: mirrored at random, enlarged or made smaller,
/// and shifted. What comes into the frame is black.
/// </summary>
/// <remarks>
/// <para>
/// An object stays if its centre lies in the view, as in SSD (1512.02325, section 2.2), and its box is cut off at the edges; it
/// goes if less than <see cref="LeastVisible"/> of its box is left.
/// </para>
/// <para>
/// A view is a function of the seed, the sample and how often it was read. Inputs and labels are counted apart, so that the k-th
/// inputs of a sample belong to its k-th labels, whichever is read first; who reads one must read the other. A resumed run begins
/// to count anew.
/// </para>
/// </remarks>
/// <param name="source">Images [N, C, H, W] with labels [N, M, 5].</param>
/// <param name="seed">Equal seeds give equal views.</param>
public sealed class BoxViews(ILabeledDataSource source, long seed) : ILabeledDataSource, IDisposable
{
    private readonly RandomStream _stream = new(seed, "views with boxes");
    private readonly Dictionary<long, int> _inputs = [], _labels = [];

    /// <summary>The probability that a view is mirrored, in [0, 1].</summary>
    public double Mirrored { get; init; } = 0.5;

    /// <summary>The smallest factor of the size, more than 0.</summary>
    public double LeastScale { get; init; } = 0.8;

    /// <summary>The largest factor of the size, at least the smallest.</summary>
    public double MostScale { get; init; } = 1.25;

    /// <summary>The share of a box that must be left, in [0, 1].</summary>
    public double LeastVisible { get; init; } = 0.3;

    /// <inheritdoc/>
    public long Count => source.Count;

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices)
    {
        var views = Views(indices, _inputs);
        using var scope = NewDisposeScope();
        return Move(source.ReadInputs(indices), views).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices)
    {
        var views = Views(indices, _labels);
        using var scope = NewDisposeScope();
        return Move(source.ReadLabels(indices), views, LeastVisible).MoveToOuterDisposeScope();
    }

    /// <summary>Frees its generator; the source stays.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>Images as others see them.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="views">A view of each.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Move(Tensor images, IReadOnlyList<BoxView> views)
    {
        ArgumentNullException.ThrowIfNull(images);
        Require(images.size(0), views);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // Where a point of the view is in the image, both from −1 to 1.
        var matrix = new float[views.Count * 6];
        for (int i = 0; i < views.Count; i++)
        {
            var view = views[i];
            matrix[6 * i] = (view.IsMirrored ? -1 : 1) / view.Scale;
            matrix[(6 * i) + 2] = ((2 * view.X) + (1 / view.Scale)) - 1;
            matrix[(6 * i) + 4] = 1 / view.Scale;
            matrix[(6 * i) + 5] = ((2 * view.Y) + (1 / view.Scale)) - 1;
        }

        Tensor maps = from_array(matrix).view(views.Count, 2, 3).to(images.dtype).to(images.device);
        Tensor grid = nn.functional.affine_grid(maps, images.shape, align_corners: false);
        return nn.functional.grid_sample(images, grid, align_corners: false).MoveToOuterDisposeScope();
    }

    /// <summary>Objects as others see them.</summary>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="views">A view of each image.</param>
    /// <param name="leastVisible">The share of a box that must be left, in [0, 1].</param>
    /// <returns>[N, M, 5], the class -1 where an object is out of sight; the caller frees it.</returns>
    public static Tensor Move(Tensor labels, IReadOnlyList<BoxView> views, double leastVisible)
    {
        BoxLabels.RequireRows(labels, nameof(labels));
        Require(labels.size(0), views);
        ArgumentOutOfRangeException.ThrowIfNegative(leastVisible);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var numbers = views.SelectMany(view => new[] { view.X, view.Y, view.Scale, view.IsMirrored ? 1f : 0f }).ToArray();
        Tensor of = from_array(numbers).view(views.Count, 4, 1).to(labels.dtype).to(labels.device);
        Tensor x = of.select(1, 0), y = of.select(1, 1), scale = of.select(1, 2), isMirrored = Aten.gt(of.select(1, 3), 0.0);
        Tensor left = (labels.select(2, 1) - x) * scale, right = (labels.select(2, 3) - x) * scale;
        Tensor top = (labels.select(2, 2) - y) * scale, bottom = (labels.select(2, 4) - y) * scale;
        Tensor boxes = stack(
            [
                where(isMirrored, Aten.sub(1L, right), left), top, where(isMirrored, Aten.sub(1L, left), right), bottom,
            ], -1);
        Tensor centers = Boxes.ToCenters(boxes).narrow(-1, 0, 2), cut = Boxes.Clip(boxes);
        Tensor stays = Aten.ge(centers, 0.0).logical_and(Aten.le(centers, 1.0)).all(-1)
            .logical_and(Boxes.Areas(cut).ge(Aten.mul(Boxes.Areas(boxes), leastVisible)))
            .logical_and(Boxes.AreLargerThan(cut, 0));
        Tensor classes = Aten.masked_fill(labels.select(2, 0), stays.logical_not(), (double)BoxLabels.None);
        return cat([classes.unsqueeze(-1), cut], -1).MoveToOuterDisposeScope();
    }

    private List<BoxView> Views(Tensor indices, Dictionary<long, int> readings)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (!(LeastScale > 0 && MostScale >= LeastScale))
        {
            throw new InvalidOperationException(
                $"Scales lie in [{LeastScale}, {MostScale}]: the smaller is above 0, the larger no less.");
        }

        var views = new List<BoxView>();
        foreach (long index in indices.data<long>())
        {
            int reading = readings.GetValueOrDefault(index);
            readings[index] = reading + 1;

            // A million readings of each sample have numbers of their own.
            var random = _stream.OnHost((index * 1_000_003) + reading);
            bool isMirrored = random.Uniform() < Mirrored;
            double scale = LeastScale + ((MostScale - LeastScale) * random.Uniform()), room = 1 - (1 / scale);
            views.Add(new BoxView((float)(room * random.Uniform()), (float)(room * random.Uniform()), (float)scale, isMirrored));
        }

        return views;
    }

    private static void Require(long count, IReadOnlyList<BoxView> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        if (views.Count != count) throw new ArgumentException($"There are {views.Count} views of {count} images.", nameof(views));
    }
}

/// <summary>A square part of an image, as large as the image again.</summary>
/// <param name="X">The left edge in units of the image; below 0 what lies left of it comes into the frame.</param>
/// <param name="Y">The upper edge.</param>
/// <param name="Scale">How much larger things become, more than 0; the part has the side 1/Scale.</param>
/// <param name="IsMirrored">Whether left and right change places.</param>
public readonly record struct BoxView(float X, float Y, float Scale, bool IsMirrored);
