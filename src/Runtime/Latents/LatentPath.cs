using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Ways through a space of latent numbers.</summary>
public static class LatentPath
{
    // Below it an angle's sine says nothing in single precision.
    private const double LeastSine = 1e-4;

    private const double LeastLength = 1e-12;

    /// <summary>Places at equal distances on the straight way between two codes, both among them.</summary>
    /// <param name="first">Where ways begin, [N, ...].</param>
    /// <param name="last">Where they end, [N, ...].</param>
    /// <param name="count">Places on each way, at least 2.</param>
    /// <returns>[N·count, ...]: the places of the first way, then those of the second; the caller frees them.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 2.</exception>
    public static Tensor Between(Tensor first, Tensor last, long count)
    {
        Require(first, last, count);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Along(count, share => Aten.add(Aten.mul(first, 1 - share), Aten.mul(last, share))).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Places on the arc between two draws of a normal distribution, both among them: (sin((1 − t)·Ω)·a +
    /// sin(t·Ω)·b)/sin Ω with the angle Ω between a and b and t in equal steps (White 2016, arXiv 1609.04468, section
    /// 2.1). They are as far from 0 as draws are, which places on the straight way between them are not: these are shorter,
    /// like no draw.
    /// </summary>
    /// <remarks>Where the angle is 0 or π, as always of a single number, the way is straight.</remarks>
    /// <inheritdoc cref="Between"/>
    public static Tensor Around(Tensor first, Tensor last, long count)
    {
        Require(first, last, count);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (a, b) = (first.flatten(1), last.flatten(1));
        var lengths = a.norm(1, keepdim: true) * b.norm(1, keepdim: true);
        var cosine = Aten.clamp((a * b).sum(1, keepdim: true) / Aten.clamp_min(lengths, LeastLength), -1, 1);
        var angle = cosine.acos();
        var sine = angle.sin();
        var isStraight = Aten.lt(sine, LeastSine);
        var divisor = Aten.masked_fill(sine, isStraight, 1);
        return Along(count, share =>
        {
            var ofFirst = where(isStraight, Aten.full_like(sine, 1 - share), Aten.mul(angle, 1 - share).sin() / divisor);
            var ofLast = where(isStraight, Aten.full_like(sine, share), Aten.mul(angle, share).sin() / divisor);
            return Aten.add(ofFirst.mul(a), ofLast.mul(b)).reshape(first.shape);
        }).MoveToOuterDisposeScope();
    }

    /// <summary>Something of each way for every place on it.</summary>
    /// <param name="ways">[N, ...], such as labels.</param>
    /// <param name="count">Places on each way.</param>
    /// <returns>[N·count, ...], in the order of the places; the caller frees it.</returns>
    public static Tensor AtEach(Tensor ways, long count)
    {
        ArgumentNullException.ThrowIfNull(ways);
        using var noGrad = no_grad();
        return ways.repeat_interleave(count, 0);
    }

    private static void Require(Tensor first, Tensor last, long count)
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
    }

    private static Tensor Along(long count, Func<double, Tensor> at) => stack(
        Enumerable.Range(0, (int)count).Select(place => at(place / (double)(count - 1))).ToArray(), 1).flatten(0, 1);
}
