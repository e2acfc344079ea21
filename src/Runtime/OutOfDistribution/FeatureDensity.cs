using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Whether a sample is like those of training: a normal distribution of each class's features, and the score
/// max over c of log N(f; μ_c, Σ_c) (arXiv 2007.05566, section 3). A low score says: like none of the classes.
/// </summary>
/// <remarks>Covariances are those of Ledoit and Wolf (2004), about the mean of each class, one for each or one for all; all in
/// float64, by Cholesky's decomposition. Scores are densities: compare them with others of the same features alone.</remarks>
public sealed class FeatureDensity : IDisposable
{
    private readonly Tensor[] _factors;
    private readonly double[] _logarithms;
    private readonly long[] _classes;

    private FeatureDensity(
        long[] classes, Tensor means, Tensor covariances, double[] shrinkage, Tensor[] factors, double[] logarithms)
    {
        (_classes, Means, Covariances, Shrinkage) = (classes, means, covariances, shrinkage);
        (_factors, _logarithms) = (factors, logarithms);
    }

    /// <summary>The classes that have rows, in order.</summary>
    public IReadOnlyList<long> Classes => _classes;

    /// <summary>The mean of each class, [C, D] float64.</summary>
    public Tensor Means { get; }

    /// <summary>[C, D, D] float64, or [1, D, D] where one is for all classes.</summary>
    public Tensor Covariances { get; }

    /// <summary>For each covariance the share of the identity in it, in [0, 1].</summary>
    public IReadOnlyList<double> Shrinkage { get; }

    /// <summary>Fits the distributions.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers: the training samples' features, of the layer before the
    /// last.</param>
    /// <param name="labels">[N] int64, classes.</param>
    /// <param name="tied">Whether one covariance is for all classes: it needs fewer rows, and takes all classes to be equally
    /// wide.</param>
    /// <returns>The distributions; the caller disposes them.</returns>
    /// <exception cref="DataMismatchException">Features or labels that do not fit; a class with a single row, or with equal ones,
    /// where each has a covariance of its own.</exception>
    public static FeatureDensity Fit(Tensor features, Tensor labels, bool tied = false)
    {
        EmbeddingRows.Require(features, "features");
        long[] labelled = EmbeddingRows.Labels(labels, features, "labels");
        long[] classes = [.. labelled.Distinct().Order()];
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var exact = features.detach().to_type(ScalarType.Float64);
        var given = labels.to(exact.device);
        var rows = classes.Select(each => exact.index_select(0, Aten.eq(given, each).nonzero().flatten())).ToArray();
        var means = rows.Select(of => of.mean([0], keepdim: true)).ToArray();
        var centered = rows.Zip(means, (of, mean) => of.sub(mean)).ToArray();
        if (tied) centered = [cat(centered)];
        var covariances = new Tensor[centered.Length];
        var factors = new Tensor[centered.Length];
        double[] shrinkage = new double[centered.Length], logarithms = new double[centered.Length];
        for (int i = 0; i < centered.Length; i++)
        {
            (covariances[i], shrinkage[i]) = ShrunkCovariance.Of(centered[i]);
            string whose = tied ? "All rows together" : $"The {centered[i].size(0)} rows of class {classes[i]}";
            factors[i] = Factor(covariances[i], whose).DetachFromDisposeScope();
            logarithms[i] = Aten.item(factors[i].diagonal().log().sum());
        }

        return new FeatureDensity(
            classes, cat(means).DetachFromDisposeScope(), stack(covariances).DetachFromDisposeScope(), shrinkage, factors,
            logarithms);
    }

    /// <summary>max over c of log N(f; μ_c, Σ_c) for each row.</summary>
    /// <param name="features">[M, D], on the device of the training rows.</param>
    /// <returns>[M] float64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit.</exception>
    public Tensor Scores(Tensor features)
    {
        EmbeddingRows.Require(features, "features");
        EmbeddingRows.RequireAlike(features, "features", Means, "training features");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var columns = features.detach().to_type(ScalarType.Float64).t();
        double constant = -0.5 * features.size(1) * Math.Log(2 * Math.PI);
        Tensor? best = null;
        for (int i = 0; i < _classes.Length; i++)
        {
            using var inner = NewDisposeScope();
            int factor = _factors.Length == 1 ? 0 : i;
            var differences = columns.sub(Means[i].unsqueeze(1));
            var whitened = linalg.solve_triangular(_factors[factor], differences, upper: false);
            var scores = Aten.add(Aten.mul(whitened.mul(whitened).sum([0]), -0.5), constant - _logarithms[factor]);
            best = (best is null ? scores : maximum(best, scores)).MoveToOuterDisposeScope();
        }

        return best!.MoveToOuterDisposeScope();
    }

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        Means.Dispose();
        Covariances.Dispose();
        foreach (var factor in _factors) factor.Dispose();
    }

    private static Tensor Factor(Tensor covariance, string whose)
    {
        try
        {
            return linalg.cholesky(covariance);
        }
        catch (ExternalException error)
        {
            throw new DataMismatchException(
                $"{whose} have no covariance that can be inverted: they are equal, or too few. Give more rows, leave the class "
                + "out, or fit one covariance for all classes (tied).", error);
        }
    }
}
