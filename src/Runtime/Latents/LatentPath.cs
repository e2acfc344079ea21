using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Ways through a space of latent numbers.</summary>
public static class LatentPath
{
    /// <summary>Places at equal distances on the straight way between two codes, both among them.</summary>
    /// <param name="first">Where ways begin, [N, ...].</param>
    /// <param name="last">Where they end, [N, ...].</param>
    /// <param name="count">Places on each way, at least 2.</param>
    /// <returns>[N·count, ...]: the places of the first way, then those of the second; the caller frees them.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 2.</exception>
    public static Tensor Between(Tensor first, Tensor last, long count)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (!first.shape.AsSpan().SequenceEqual(last.shape))
        {
            throw new ArgumentException(
                $"There are codes [{string.Join(", ", first.shape)}] where ways begin and [{string.Join(", ", last.shape)}] "
                + "where they end: give as many samples of one as of the other.", nameof(last));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var places = Enumerable.Range(0, (int)count)
            .Select(place => place / (double)(count - 1))
            .Select(share => Aten.add(Aten.mul(first, 1 - share), Aten.mul(last, share))).ToArray();
        return stack(places, 1).flatten(0, 1).MoveToOuterDisposeScope();
    }
}
