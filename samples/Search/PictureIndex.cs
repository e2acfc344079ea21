using System.Text.Json.Serialization;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Search;

/// <summary>A picture of the gallery that is like the one that was asked with.</summary>
/// <param name="Place">Where it stands in the gallery.</param>
/// <param name="Digit">What it shows.</param>
/// <param name="Distance">1 − cos of the two embeddings, in [0, 2].</param>
public sealed record Found(long Place, long Digit, double Distance);

/// <summary>The embeddings of a gallery, in which neighbours are looked for. Several threads may ask at once.</summary>
public sealed class PictureIndex : IDisposable
{
    private readonly Embedder _embedder;
    private readonly InMemoryData _gallery;
    private readonly Tensor _embeddings;

    public PictureIndex(Embedder embedder, InMemoryData gallery)
    {
        (_embedder, _gallery) = (embedder, gallery);
        embedder.eval();
        using var noGrad = no_grad();
        _embeddings = embedder.forward(gallery.Inputs);
    }

    /// <summary>The most similar pictures of each of some.</summary>
    /// <param name="pictures">[Q, 1, 8, 8], in [0, 1].</param>
    /// <param name="k">How many.</param>
    public IReadOnlyList<Found[]> Find(Tensor pictures, int k)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var neighbors = NearestNeighbors.Find(_embedder.forward(pictures), _embeddings, k, EmbeddingDistance.Cosine);
        long[] places = neighbors.Indices.data<long>().ToArray(), digits = _gallery.Labels.data<long>().ToArray();
        double[] distances = neighbors.Distances.data<double>().ToArray();
        return
        [
            .. places.Zip(distances, (place, distance) => new Found(place, digits[place], distance)).Chunk(k),
        ];
    }

    public void Dispose() => _embeddings.Dispose();
}

[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(Found[]))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal partial class Json : JsonSerializerContext;
