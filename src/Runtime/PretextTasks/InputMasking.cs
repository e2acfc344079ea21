using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Overwrites numbers of samples that are to be restored.</summary>
public static class InputMasking
{
    /// <summary>Zeros in place of masked numbers.</summary>
    /// <param name="samples">[N, ...], D numbers each.</param>
    /// <param name="masked">Which, [N, D], bool.</param>
    /// <returns>The samples' shape; the caller frees it.</returns>
    public static Tensor Apply(Tensor samples, Tensor masked)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(masked);
        using var noGrad = no_grad();
        using var shaped = masked.reshape(samples.shape);
        return Aten.masked_fill(samples, shaped, 0);
    }
}
