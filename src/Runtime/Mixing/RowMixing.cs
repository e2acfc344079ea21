using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Mixes each row of a batch with another one.</summary>
public static class RowMixing
{
    /// <summary>share·x[n] + (1 − share)·x[partners[n]]; exactly x where the share is 1.</summary>
    /// <param name="rows">x, [N, ...].</param>
    /// <param name="partners">[N], int64; null to mix nothing.</param>
    /// <param name="share">In [0, 1], without dimensions; null to mix nothing.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Apply(Tensor rows, Tensor? partners, Tensor? share)
    {
        if (partners is null || share is null) return rows.alias();
        using var others = rows.index_select(0, partners);
        return lerp(others, rows, share);
    }

    /// <summary>The gradient of x.</summary>
    /// <param name="gradient">That of the mixture, [N, ...].</param>
    /// <param name="partners">A permutation [N], int64; null when nothing was mixed.</param>
    /// <param name="share">In [0, 1], without dimensions; null when nothing was mixed.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Backward(Tensor gradient, Tensor? partners, Tensor? share)
    {
        if (partners is null || share is null) return gradient.alias();
        using var users = partners.argsort();
        return Apply(gradient, users, share);
    }
}
