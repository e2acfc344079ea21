using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Images and labels in IDX files, as MNIST and its relatives come; plain or gzip.</summary>
public static class IdxData
{
    /// <summary>Reads a pair of files.</summary>
    /// <param name="imagesPath">Unsigned bytes [N, H, W] or [N, C, H, W].</param>
    /// <param name="labelsPath">Unsigned bytes [N].</param>
    /// <param name="maximum">The byte that becomes 1, above 0; 0 stays 0.</param>
    /// <returns>Inputs [N, C, H, W] float32 (C = 1 where the file has no channels) and labels [N]; the caller disposes
    /// them.</returns>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together.</exception>
    public static InMemoryData Load(string imagesPath, string labelsPath, float maximum = 255)
    {
        using var images = DataFile.Open(imagesPath);
        using var labels = DataFile.Open(labelsPath);
        return Build(IdxArray.Read(images, imagesPath), imagesPath, IdxArray.Read(labels, labelsPath), labelsPath, maximum);
    }

    /// <summary>Reads a pair of seekable streams, as of embedded resources.</summary>
    /// <param name="images">Unsigned bytes [N, H, W] or [N, C, H, W].</param>
    /// <param name="labels">Unsigned bytes [N].</param>
    /// <param name="maximum">The byte that becomes 1, above 0; 0 stays 0.</param>
    /// <returns>Inputs [N, C, H, W] float32 (C = 1 where the stream has no channels) and labels [N]; the caller disposes
    /// them.</returns>
    /// <exception cref="InvalidDataException">A stream is damaged, or the two do not belong together.</exception>
    public static InMemoryData Read(Stream images, Stream labels, float maximum = 255)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        const string imagesName = "The stream of images", labelsName = "The stream of labels";
        return Build(
            IdxArray.Read(DataFile.Decompress(images, imagesName), imagesName), imagesName,
            IdxArray.Read(DataFile.Decompress(labels, labelsName), labelsName), labelsName,
            maximum);
    }

    private static InMemoryData Build(IdxArray images, string imagesName, IdxArray labels, string labelsName, float maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
        if (images.Sizes.Length is not (3 or 4))
        {
            throw new InvalidDataException(
                $"{imagesName} has sizes [{string.Join(", ", images.Sizes)}]; images are [N, H, W] or [N, C, H, W]. Are "
                + $"images and labels swapped?");
        }

        if (labels.Sizes.Length != 1)
        {
            throw new InvalidDataException($"{labelsName} has sizes [{string.Join(", ", labels.Sizes)}]; labels are [N].");
        }

        if (images.Sizes[0] != labels.Sizes[0])
        {
            throw new InvalidDataException(
                $"{imagesName} holds {images.Sizes[0]} images, but {labelsName} holds {labels.Sizes[0]} labels: they do not "
                + $"belong together.");
        }

        if (images.Values.Length == 0)
        {
            throw new InvalidDataException($"{imagesName} holds no image.");
        }

        foreach (ref var value in images.Values.AsSpan())
        {
            value /= maximum;
        }

        long[] shape = images.Sizes is [var n, var h, var w] ? [n, 1, h, w] : images.Sizes;
        using var flat = from_array(images.Values);
        return new InMemoryData(flat.reshape(shape), from_array(Array.ConvertAll(labels.Values, value => (long)value)));
    }
}
