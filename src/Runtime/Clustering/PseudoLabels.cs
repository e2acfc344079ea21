using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A cluster for each sample of some data, which stands in the place of a label: features whitened and divided by their length,
/// put into clusters by k-means (Caron et al. 2018, arXiv 1807.05520, section 4.1).
/// </summary>
public sealed class PseudoLabels : IDisposable
{
    private const int MostComponents = 256, BatchSize = 512;
    private readonly int _count;
    private readonly ScalarType _type;

    /// <summary>Clusters of no sample yet.</summary>
    /// <param name="count">K: how many clusters.</param>
    /// <param name="type">The number type of weights.</param>
    /// <param name="device">Where they are.</param>
    public PseudoLabels(int count, ScalarType type, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        (_count, _type) = (count, type);
        Clusters = zeros([0], ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>The cluster of each sample, [S] int64 in 0, ..., K − 1. The tensor is this object's.</summary>
    public Tensor Clusters { get; private set; }

    /// <summary>How often k-means emptied a cluster in the last assignment, which then began anew beside the largest. Many say
    /// that K is too large, or that features collapse.</summary>
    public long Reseedings { get; private set; }

    /// <summary>Makes room for so many samples.</summary>
    /// <param name="samples">How many samples the data have.</param>
    /// <exception cref="DataMismatchException">There are clusters of another number of samples: they belong to other
    /// data.</exception>
    public void Require(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (Clusters.size(0) == samples) return;
        if (Clusters.size(0) > 0)
        {
            throw new DataMismatchException(
                $"The trainer keeps clusters of {Clusters.size(0)} samples, but was given data with {samples}: go on with "
                + "the data that the run began with, or begin anew with a new trainer.");
        }

        Replace(zeros([samples], ScalarType.Int64, Clusters.device));
    }

    /// <summary>Puts every sample into a cluster, by a network's features in evaluation mode.</summary>
    /// <param name="model">A network on <paramref name="device"/> that gives features [n, D]; every module's mode is
    /// restored.</param>
    /// <param name="data">The samples, K at least.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step, which draws other first centroids.</param>
    public void Assign(nn.Module<Tensor, Tensor> model, IDataSource data, Device device, long seed, long step)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count < _count)
            throw new DataMismatchException($"{data.Count} samples cannot be put into {_count} clusters: declare fewer.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor features = EvaluationLoop.Features(model, data, device, BatchSize);
        using var components = Pca.Fit(features, (int)Math.Min(MostComponents, features.size(1)));
        Tensor deviations = tensor(components.Variances.ToArray(), ScalarType.Float64, device);
        Tensor whitened = components.Transform(features).to_type(ScalarType.Float64).div(Aten.add(deviations, 1e-5).sqrt());
        Tensor directions = whitened.div(Aten.clamp_min(whitened.norm(1, keepdim: true, p: 2), 1e-12)).to_type(_type);
        using var found = KMeans.Fit(directions, clusters: _count, seed: StreamSeed.Of(seed, "clusters", step));
        Reseedings = found.Reseedings;
        Replace(found.Assignments.to(device).clone());
    }

    /// <summary>The clusters of some samples.</summary>
    /// <param name="places">Which, [n] int64.</param>
    /// <returns>[n] int64; the caller frees it.</returns>
    public Tensor Of(Tensor places)
    {
        ArgumentNullException.ThrowIfNull(places);
        using var there = places.to(Clusters.device);
        return Clusters.index_select(0, there);
    }

    /// <summary>What some samples count: S/(K·n) in a cluster of n, 1 in the mean.</summary>
    /// <param name="places">Which, [n] int64.</param>
    /// <returns>[n]; the caller frees it.</returns>
    public Tensor WeightsOf(Tensor places)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor counts = Clusters.bincount(null, _count).to_type(ScalarType.Float64);
        Tensor weights = Aten.mul(Aten.clamp_min(counts, 1.0).reciprocal(), Clusters.size(0) / (double)_count);
        return weights.to_type(_type).index_select(0, Of(places)).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the clusters.</summary>
    public void Dispose() => Clusters.Dispose();

    private void Replace(Tensor clusters)
    {
        Clusters.Dispose();
        Clusters = clusters.DetachFromDisposeScope();
    }
}
