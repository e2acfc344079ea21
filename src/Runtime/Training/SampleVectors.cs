using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A batch as one vector for each sample.</summary>
public static class SampleVectors
{
    private const double Least = 1e-12;

    /// <summary>Each sample divided by its length, v/(‖v‖₂ + 1e-12) over all its elements; zeros stay zeros.</summary>
    /// <param name="vectors">[N, ...].</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Unit(Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = vectors.flatten(1);
        return (rows / Aten.add(rows.norm(1, keepdim: true, p: 2), Least)).reshape(vectors.shape).MoveToOuterDisposeScope();
    }
}
