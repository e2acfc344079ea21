using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Noise that was drawn before, to sample with.</summary>
internal static class SuppliedNoise
{
    /// <summary>Row after row of what is given.</summary>
    /// <param name="noise">[K, N, ...]: where sampling begins, then what its steps add.</param>
    /// <param name="steps">Rows that are needed.</param>
    /// <param name="sample">The sizes of a sample.</param>
    /// <exception cref="DataMismatchException">Another shape, or fewer rows than are needed.</exception>
    public static Func<Tensor> Rows(Tensor noise, long steps, ReadOnlySpan<long> sample)
    {
        BatchPart.Require(noise, nameof(noise));
        bool fits = noise.is_floating_point() && noise.dim() == sample.Length + 2
            && noise.shape.AsSpan(2).SequenceEqual(sample);
        if (!fits || noise.size(0) < steps || noise.size(1) < 1)
        {
            string sizes = string.Concat(
                sample.ToArray().Select(size => string.Create(CultureInfo.InvariantCulture, $", {size}")));
            throw new DataMismatchException(
                $"Sampling takes noise [{steps}, N{sizes}] of floating-point numbers, where it begins and what each further step "
                + $"adds, but was given [{string.Join(", ", noise.shape)}] of {noise.dtype}.");
        }

        int next = 0;
        return () => noise.select(0, next++);
    }
}
