using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Mixing at one place of several, without waiting for the device to learn which.</summary>
public static class ManifoldMixing
{
    /// <summary>The share of the own sample at a place: λ where it was drawn, else 1.</summary>
    /// <param name="share">λ, without dimensions.</param>
    /// <param name="drawn">The number of the place that was drawn, int64, without dimensions.</param>
    /// <param name="place">The number of this place.</param>
    /// <returns>A tensor without dimensions; the caller frees it.</returns>
    public static Tensor ShareAt(Tensor share, Tensor drawn, long place)
    {
        using var elsewhere = Aten.ne(drawn, place);
        return Aten.masked_fill(share, elsewhere, 1);
    }
}
