using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Labels that are made wrong on purpose (Li et al. 2019, arXiv 1812.05214, section 3.2).</summary>
public static class MadeLabels
{
    /// <summary>The nearest other samples of each one, by the distance of what a network says of them.</summary>
    /// <param name="features">[N, D].</param>
    /// <param name="count">How many; all others where there are fewer.</param>
    /// <returns>Their rows, [N, count] int64, nearest first; of a single sample itself. The caller frees it.</returns>
    public static Tensor Neighbors(Tensor features, long count)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long samples = features.size(0);
        if (samples == 1) return zeros([1, 1], ScalarType.Int64, features.device).MoveToOuterDisposeScope();
        var self = eye(samples, dtype: ScalarType.Bool, device: features.device);
        var distances = Aten.masked_fill(cdist(features, features), self, double.PositiveInfinity);
        var (_, nearest) = distances.topk((int)Math.Min(count, samples - 1), dim: 1, largest: false, sorted: true);
        return nearest.MoveToOuterDisposeScope();
    }

    /// <summary>Labels of which some are a neighbour's.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="neighbors">Rows, [N, K] int64.</param>
    /// <param name="made">Whether a label is made, in each set, [N, M] bool.</param>
    /// <param name="chosen">Which neighbour it is taken from, in each set, [N, M] int64; counted anew behind the last.</param>
    /// <param name="set">The set, from 0.</param>
    /// <returns>[N] int64; the caller frees it.</returns>
    public static Tensor Of(Tensor labels, Tensor neighbors, Tensor made, Tensor chosen, long set)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(neighbors);
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(chosen);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var column = Aten.remainder(chosen.select(1, set), neighbors.size(1)).to_type(ScalarType.Int64).unsqueeze(1);
        var others = labels.index_select(0, neighbors.gather(1, column).squeeze(1));
        return where(made.select(1, set), others, labels).MoveToOuterDisposeScope();
    }
}
