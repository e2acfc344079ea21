using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How far made samples are from real ones, by the means and covariances of their features:
/// ‖m₁ − m₂‖² + tr(C₁ + C₂ − 2·(C₁C₂)^½), the squared Fréchet distance of two normal distributions
/// (Heusel et al. 2017, arXiv 1706.08500, equation 6). With features of an Inception network it is the FID.
/// </summary>
/// <remarks>Numbers of different networks, or of different counts of samples, do not compare: the estimate falls as there are
/// more samples.</remarks>
public static class FrechetDistance
{
    /// <summary>The distance between two sets of features.</summary>
    /// <param name="real">Features of real samples [N, D], N at least 2.</param>
    /// <param name="made">Those of made ones [M, D], of the same layer of the same network, M at least 2.</param>
    /// <returns>At least 0, and 0 for equal sets; computed in double precision.</returns>
    /// <exception cref="DataMismatchException">Features that are no rows of finite numbers, are of different widths or devices,
    /// or of fewer than two samples.</exception>
    public static double Between(Tensor real, Tensor made)
    {
        EmbeddingRows.Require(real, "features of real samples");
        EmbeddingRows.Require(made, "features of made samples");
        EmbeddingRows.RequireAlike(made, "features of made samples", real, "features of real samples");
        if (real.size(0) < 2 || made.size(0) < 2)
            throw new DataMismatchException("A covariance takes two samples at least, of real ones and of made ones.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (mean, covariance) = Moments(real);
        var (otherMean, otherCovariance) = Moments(made);

        // C₁C₂ is not symmetric, but has the eigenvalues of C₁^½·C₂·C₁^½, which is: rounding makes no complex
        // numbers.
        var root = Root(covariance);
        var product = root.mm(otherCovariance).mm(root);
        var values = linalg.eigvalsh(Aten.div(Aten.add(product, product.t()), 2.0)).relu();
        double distance = Aten.item(Aten.pow(mean - otherMean, 2).sum()) + Aten.item(covariance.trace())
            + Aten.item(otherCovariance.trace()) - (2 * Aten.item(values.sqrt().sum()));
        return Math.Max(0, distance);
    }

    private static (Tensor Mean, Tensor Covariance) Moments(Tensor features)
    {
        var rows = features.detach().to(ScalarType.Float64);
        var mean = rows.mean([0L]);
        var centred = rows.sub(mean);
        return (mean, Aten.div(centred.t().mm(centred), (double)(rows.size(0) - 1)));
    }

    private static Tensor Root(Tensor covariance)
    {
        var (values, vectors) = linalg.eigh(covariance);
        return (vectors * values.relu().sqrt()).mm(vectors.t());
    }
}
