using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The largest singular values of a matrix with their vectors, by a random subspace that power iterations turn towards them
/// (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1). A sparse matrix is only multiplied, never written out.
/// </summary>
internal static class TruncatedSvd
{
    private const int Spare = 16, Iterations = 6;

    /// <summary>The k largest.</summary>
    /// <param name="matrix">[M, N] float64, dense or sparse.</param>
    /// <param name="count">k, in [1, min(M, N)].</param>
    /// <param name="seed">Decides the subspace.</param>
    /// <returns>U [M, k] and the singular values [k], the largest first; the caller disposes both.</returns>
    public static (Tensor Left, Tensor Values) Of(Tensor matrix, long count, long seed)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long rows = matrix.size(0), columns = matrix.size(1), width = Math.Min(count + Spare, Math.Min(rows, columns));
        using var stream = new RandomStream(seed, "singular vectors");
        var transposed = matrix.transpose(0, 1);
        var basis = Basis(matrix.matmul(randn([columns, width], ScalarType.Float64, generator: stream.At(0))));
        for (int i = 0; i < Iterations; i++) basis = Basis(matrix.matmul(Basis(transposed.matmul(basis))));
        var (left, values, _) = linalg.svd(transposed.matmul(basis).transpose(0, 1), fullMatrices: false);
        return (
            basis.matmul(left).narrow(1, 0, count).contiguous().MoveToOuterDisposeScope(),
            values.narrow(0, 0, count).contiguous().MoveToOuterDisposeScope());
    }

    private static Tensor Basis(Tensor vectors) => linalg.qr(vectors).Q;
}
