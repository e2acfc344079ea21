using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Principal components: the orthogonal directions in which rows vary most, by the singular value decomposition of the rows less
/// their mean, in float64 (Pearson 1901). A direction's sign is free: the first of its largest elements is made positive.
/// </summary>
public sealed class Pca : IDisposable
{
    private Pca(Tensor mean, Tensor components, double[] variances, double[] shares) =>
        (Mean, Components, Variances, Shares) = (mean, components, variances, shares);

    /// <summary>[1, D] float64.</summary>
    public Tensor Mean { get; }

    /// <summary>Directions of length 1, that of the largest variance first, [C, D] float64.</summary>
    public Tensor Components { get; }

    /// <summary>The variance along each direction, with N − 1 below.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>Each variance as a share of that of all columns together; 0 where nothing varies.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Finds the directions.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers, N at least 2.</param>
    /// <param name="components">C, in [1, min(N, D)].</param>
    /// <returns>The directions; the caller disposes them.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer directions.</exception>
    public static Pca Fit(Tensor features, int components)
    {
        EmbeddingRows.Require(features, "features");
        long most = Math.Min(features.size(0), features.size(1));
        if (features.size(0) < 2)
            throw new DataMismatchException("There is one row of features, which does not vary: give two at least.");
        if (components < 1 || components > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(components), components,
                $"{features.size(0)} rows of {features.size(1)} numbers have {most} components at most: ask for 1 to {most}.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var exact = features.detach().to_type(ScalarType.Float64);
        var mean = exact.mean([0], keepdim: true);
        var (_, singular, directions) = linalg.svd(exact.sub(mean), fullMatrices: false);
        var chosen = directions.narrow(0, 0, components);
        var largest = chosen.gather(1, chosen.abs().argmax(1, keepdim: true));
        double[] variances = [.. EmbeddingRows.ToArray<double>(singular).Select(value => value * value / (features.size(0) - 1))];
        double all = variances.Sum();
        return new Pca(
            mean.DetachFromDisposeScope(), chosen.mul(largest.sign()).DetachFromDisposeScope(), variances[..components],
            [.. variances[..components].Select(variance => all > 0 ? variance / all : 0)]);
    }

    /// <summary>Rows along the directions.</summary>
    /// <param name="features">[M, D], on the device of the rows that the directions were found in.</param>
    /// <returns>[M, C] float64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit.</exception>
    public Tensor Transform(Tensor features)
    {
        EmbeddingRows.Require(features, "features");
        EmbeddingRows.RequireAlike(features, "features", Mean, "rows that the directions were found in");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return features.detach().to_type(ScalarType.Float64).sub(Mean).matmul(Components.t()).MoveToOuterDisposeScope();
    }

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Components.Dispose();
    }
}
