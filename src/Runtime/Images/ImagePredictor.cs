using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Predicts for images: read as those of the training were, in evaluation mode, without gradients. Several threads may
/// call it at once.</summary>
/// <param name="network">The network, of inputs [N, C, H, W] in [0, 1].</param>
/// <param name="arena">Its parameters, which say where it is and in what precision.</param>
/// <param name="preprocessing">What is done to the images.</param>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class ImagePredictor<TRow>(
    nn.Module<Tensor, Tensor> network, ParameterArena arena, ImagePreprocessing<TRow> preprocessing)
    where TRow : IImageRow<TRow>
{
    private const int BatchSize = 64;

    private readonly BatchPredictor _batches = new(network, arena);

    /// <summary>What is done to the images.</summary>
    public ImagePreprocessing<TRow> Preprocessing => preprocessing;

    /// <summary>One of several classes for each file.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="classes">The classes, in the order of the outputs.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    /// <exception cref="InvalidDataException">A file is no image, or damaged; the message names it.</exception>
    public ClassPrediction<TClass>[] Classes<TClass>(
        IEnumerable<string> paths, IReadOnlyList<TClass> classes, bool areProbabilities = false)
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths];
        return Predict(files.Length, index => ImageDecoder.Read(files[index], TRow.Schema), classes, areProbabilities);
    }

    /// <summary>One of several classes for each image of declared ones; labels are not read.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">The classes, in the order of the outputs.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    /// <exception cref="InvalidDataException">A file is no image, or damaged; the message names it.</exception>
    public ClassPrediction<TClass>[] Classes<TClass>(
        ImageData<TRow> images, IReadOnlyList<TClass> classes, bool areProbabilities = false)
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(images);
        return Predict(images.Count, images.Pixels, classes, areProbabilities);
    }

    /// <summary>One of several classes for each of several images that were read already.</summary>
    /// <param name="pixels">For each image C·H·W bytes, channel after channel.</param>
    /// <param name="classes">The classes, in the order of the outputs.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    /// <exception cref="ArgumentException">An image has another size than the record declares.</exception>
    public ClassPrediction<TClass>[] Classes<TClass>(
        IReadOnlyList<byte[]> pixels, IReadOnlyList<TClass> classes, bool areProbabilities = false)
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var schema = TRow.Schema;
        int size = schema.Channels * schema.Height * schema.Width;
        if (pixels.FirstOrDefault(image => image.Length != size) is { } wrong)
        {
            throw new ArgumentException(
                $"An image has {wrong.Length} bytes, but {schema.Name} has {schema.Channels}·{schema.Height}·{schema.Width} = "
                + $"{size}.", nameof(pixels));
        }

        return Predict(pixels.Count, index => pixels[index], classes, areProbabilities);
    }

    /// <summary>One of several classes for a stream of PNG or JPEG, which is read to its end and stays open.</summary>
    /// <param name="image">The stream.</param>
    /// <param name="classes">The classes, in the order of the outputs.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    /// <exception cref="InvalidDataException">It is no image, or damaged.</exception>
    public ClassPrediction<TClass> Class<TClass>(Stream image, IReadOnlyList<TClass> classes, bool areProbabilities = false)
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(image);
        using var content = new MemoryStream();
        image.CopyTo(content);
        return Class(content.GetBuffer().AsSpan(0, (int)content.Length), "The stream", classes, areProbabilities);
    }

    /// <summary>One of several classes for the bytes of a PNG or JPEG.</summary>
    /// <param name="image">The bytes.</param>
    /// <param name="classes">The classes, in the order of the outputs.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    /// <exception cref="InvalidDataException">It is no image, or damaged.</exception>
    public ClassPrediction<TClass> Class<TClass>(byte[] image, IReadOnlyList<TClass> classes, bool areProbabilities = false)
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(image);
        return Class(image, "The array", classes, areProbabilities);
    }

    private ClassPrediction<TClass> Class<TClass>(
        ReadOnlySpan<byte> content, string name, IReadOnlyList<TClass> classes, bool areProbabilities)
        where TClass : notnull
    {
        byte[] pixels = ImageDecoder.Decode(content, name, TRow.Schema);
        return Predict(1, _ => pixels, classes, areProbabilities)[0];
    }

    private ClassPrediction<TClass>[] Predict<TClass>(
        int count, Func<int, byte[]> image, IReadOnlyList<TClass> classes, bool areProbabilities)
        where TClass : notnull
    {
        _batches.RequireAlive();
        preprocessing.RequireFitted();
        return _batches.Run(count, BatchSize, classes.Count, TRow.Schema.Name, Inputs, outputs => new ClassPrediction<TClass>(
            classes, areProbabilities ? outputs.ToArray() : OutputProbability.Softmax(outputs)));

        Tensor Inputs(int first, int length) => ImageBatch.Of(
            ParallelDecoding.Run(length, Environment.ProcessorCount, i => image(first + i)), TRow.Schema, _batches.Type);
    }
}
