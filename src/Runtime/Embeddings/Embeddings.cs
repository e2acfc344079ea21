using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a network says of samples, and what they are: features [N, D] with a class for each row.</summary>
public sealed class Embeddings : IDisposable
{
    private readonly long[] _classes;

    /// <summary>Takes features and labels over.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers, on any device; freed with the embeddings.</param>
    /// <param name="labels">[N] int64, classes 0, 1, ...; freed with the embeddings.</param>
    /// <param name="classNames">A name for each class, in their order; none for numbers.</param>
    /// <exception cref="DataMismatchException">Shapes or types that do not fit, numbers that are not finite, a class without a
    /// name.</exception>
    public Embeddings(Tensor features, Tensor labels, params IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        EmbeddingRows.Require(features, "features");
        _classes = EmbeddingRows.Labels(labels, features, "labels");
        long largest = _classes.Max();
        if (classNames.Count > 0 && largest >= classNames.Count)
        {
            throw new DataMismatchException(
                $"The labels go to {largest}, but there are names for {classNames.Count} classes: give one for each.");
        }

        Features = features.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        ClassNames = [.. classNames];
    }

    /// <summary>[N, D].</summary>
    public Tensor Features { get; }

    /// <summary>[N] int64.</summary>
    public Tensor Labels { get; }

    /// <summary>The names of classes in their order; empty where they have none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>N: how many rows there are.</summary>
    public long Count => Features.size(0);

    /// <summary>D: how many numbers a row has.</summary>
    public long Dimension => Features.size(1);

    /// <summary>
    /// Several embeddings of the same samples as one: rows of each are brought to length 1, multiplied by its weight and put
    /// one behind the other. The cosine between combined rows is then the mean of the cosines, weighted by the squares.
    /// </summary>
    /// <param name="parts">Embeddings with equal labels in equal order, on one device, and weights above 0. They stay the
    /// caller's.</param>
    /// <returns>Features [N, ΣD] of the widest type among the parts; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">No part, or a weight that is not above 0.</exception>
    /// <exception cref="DataMismatchException">Parts of other samples, or a row that is zero everywhere.</exception>
    public static Embeddings Combine(params IReadOnlyList<(Embeddings Part, double Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("There is nothing to combine: give at least one part.", nameof(parts));
        var first = parts[0].Part;
        for (int i = 0; i < parts.Count; i++)
        {
            var (part, weight) = parts[i];
            if (!(weight > 0 && double.IsFinite(weight)))
                throw new ArgumentException($"The weight of part {i} is {weight}, but weights are above 0.", nameof(parts));
            if (part.Features.device.ToString() != first.Features.device.ToString())
            {
                throw new DataMismatchException(
                    $"Part {i} is on {part.Features.device} and part 0 on {first.Features.device}: move one.");
            }

            if (part._classes.AsSpan().SequenceEqual(first._classes)) continue;
            throw new DataMismatchException(
                $"Part {i} has other labels than part 0: parts are embeddings of the same samples in the same order.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var type = parts.Any(part => part.Part.Features.dtype == ScalarType.Float64) ? ScalarType.Float64 : ScalarType.Float32;
        var columns = parts.Select((part, i) =>
            Aten.mul(EmbeddingRows.Normalized(part.Part.Features, $"features of part {i}"), part.Weight));
        return new Embeddings(cat([.. columns], 1).to_type(type), first.Labels.clone(), first.ClassNames);
    }

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Features.Dispose();
        Labels.Dispose();
    }
}
