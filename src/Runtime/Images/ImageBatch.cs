using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Bytes of images as a model's numbers.</summary>
internal static class ImageBatch
{
    private static readonly float[] Parts =
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => value / (float)byte.MaxValue)];

    /// <summary>Images in [0, 1].</summary>
    /// <param name="images">Bytes [C, H, W] of each.</param>
    /// <param name="schema">Their size.</param>
    /// <param name="type">The model's type.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Of(IReadOnlyList<byte[]> images, ImageSchema schema, ScalarType type)
    {
        var batch = empty([images.Count, schema.Channels, schema.Height, schema.Width], ScalarType.Float32);
        Fill(batch, images, schema.Size);
        return type == ScalarType.Float32 ? batch : batch.to_type(type, disposeAfter: true);
    }

    private static unsafe void Fill(Tensor batch, IReadOnlyList<byte[]> images, int size)
    {
        var numbers = new Span<float>(TensorMemory.Pointer(batch), images.Count * size);
        float[] parts = Parts;
        for (int image = 0; image < images.Count; image++)
        {
            var bytes = images[image];
            var target = numbers.Slice(image * size, size);
            for (int i = 0; i < target.Length; i++) target[i] = parts[bytes[i]];
        }

        GC.KeepAlive(batch);
    }
}
