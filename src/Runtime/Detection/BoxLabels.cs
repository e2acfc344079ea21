using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The objects of images as labels, [N, M, 5]: for each of N images M rows of a class and a box x1, y1, x2, y2 in units of the
/// image. M is the largest number of objects; the rows behind an image's own have the class -1. A class of −2 − c is an
/// object of class c that need not be found (a crowd, or what its annotator called difficult): training leaves it out, and an
/// evaluation counts it neither as found nor as missed.
/// </summary>
public static class BoxLabels
{
    /// <summary>The class of a row that is no object.</summary>
    public const int None = -1;

    private const int Row = 5;

    /// <summary>Lists of objects as rows of one length.</summary>
    /// <param name="images">The objects of each image, N at least 1.</param>
    /// <returns>[N, M, 5] float32, M at least 1; the caller frees it.</returns>
    /// <exception cref="ArgumentException">An object has a negative class.</exception>
    public static Tensor Pad(IReadOnlyList<IReadOnlyList<LabeledBox>> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        int most = Math.Max(1, images.Select(objects => objects.Count).DefaultIfEmpty().Max());
        var numbers = new float[images.Count * most * Row];
        for (int i = 0; i < images.Count; i++)
        {
            for (int j = 0; j < most; j++)
            {
                var row = numbers.AsSpan(((i * most) + j) * Row, Row);
                row[0] = None;
                if (j >= images[i].Count) continue;
                var (label, box) = (images[i][j], images[i][j].Box);
                if (label.Class < 0)
                {
                    throw new ArgumentException(
                        $"Object {j} of image {i} has the class {label.Class}: classes are 0 or more.", nameof(images));
                }

                row[0] = label.IsIgnored ? -2 - label.Class : label.Class;
                (row[1], row[2], row[3], row[4]) = (box.X1, box.Y1, box.X2, box.Y2);
            }
        }

        using var scope = NewDisposeScope();
        return from_array(numbers).view(images.Count, most, Row).MoveToOuterDisposeScope();
    }

    /// <summary>The objects of each image.</summary>
    /// <param name="labels">[N, M, 5].</param>
    public static IReadOnlyList<IReadOnlyList<LabeledBox>> Read(Tensor labels)
    {
        RequireRows(labels, nameof(labels));
        float[] numbers = Numbers(labels);
        long rows = labels.size(1);
        var images = new List<IReadOnlyList<LabeledBox>>();
        for (long i = 0; i < labels.size(0); i++)
        {
            var objects = new List<LabeledBox>();
            for (long j = 0; j < rows; j++)
            {
                var row = numbers.AsSpan((int)((i * rows) + j) * Row, Row);
                int number = (int)row[0];
                if (number == None) continue;
                objects.Add(new LabeledBox(
                    number < 0 ? -2 - number : number, new Box(row[1], row[2], row[3], row[4]), number < 0));
            }

            images.Add(objects);
        }

        return images;
    }

    /// <summary>Refuses labels that are no objects of a batch's images. On a GPU their numbers are not read.</summary>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="labels">What came.</param>
    /// <param name="classes">K: how many classes the model tells apart.</param>
    /// <param name="samples">N: the images of the batch.</param>
    /// <exception cref="DataMismatchException">Another shape or type; a class that is no whole number of 0, ..., K − 1, -1, or
    /// −2 − c; a box without a width or a height, or with an edge outside of [0, 1].</exception>
    public static void Require(string trainer, Tensor labels, long classes, long samples)
    {
        BatchPart.Require(labels, "labels");
        if (!labels.is_floating_point() || labels.dim() != 3 || labels.size(0) != samples || labels.size(2) != Row)
        {
            throw new DataMismatchException(
                $"{trainer} takes labels [{samples}, M, 5] of real numbers for {samples} images, rows of a class and a box "
                + $"x1, y1, x2, y2, but was given [{string.Join(", ", labels.shape)}] of {labels.dtype}: BoxLabels.Pad "
                + "makes such of lists.");
        }

        if (labels.device_type != DeviceType.CPU) return;
        float[] numbers = Numbers(labels);
        for (int i = 0; i < numbers.Length; i += Row)
        {
            float number = numbers[i];
            int image = (int)(i / Row / labels.size(1)), place = (int)(i / Row % labels.size(1));
            if (number == None) continue;
            float label = number < 0 ? -2 - number : number;
            if (label != MathF.Floor(label) || label < 0 || label >= classes)
            {
                throw new DataMismatchException(
                    $"{trainer} was given the class {number} for object {place} of image {image} of the batch, but the model "
                    + $"tells {classes} classes apart: classes lie in 0, ..., {classes - 1}, are -1 where there is no object, or "
                    + "−2 − c for an object of class c that is left out.");
            }

            var (x1, y1, x2, y2) = (numbers[i + 1], numbers[i + 2], numbers[i + 3], numbers[i + 4]);
            if (x1 >= 0 && y1 >= 0 && x2 <= 1 && y2 <= 1 && x1 < x2 && y1 < y2) continue;
            throw new DataMismatchException(FormattableString.Invariant(
                $"{trainer} was given the box ({x1}, {y1}, {x2}, {y2}) for object {place} of image {image} of the batch: a ")
                + "box is x1 < x2, y1 < y2 in units of the image, from 0 to 1. Divide pixels by width and height, and leave out "
                + "boxes without a width or a height.");
        }
    }

    internal static void RequireRows(Tensor labels, string name)
    {
        ArgumentNullException.ThrowIfNull(labels, name);
        if (labels.dim() != 3 || labels.size(2) != Row)
        {
            throw new ArgumentException(
                $"Labels of boxes are [N, M, 5], but these are [{string.Join(", ", labels.shape)}].", name);
        }
    }

    private static float[] Numbers(Tensor labels)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(labels.detach().to(CPU).to_type(ScalarType.Float32).contiguous().bytes).ToArray();
    }
}
