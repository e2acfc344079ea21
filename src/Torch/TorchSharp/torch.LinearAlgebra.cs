namespace TorchSharp;

public static partial class torch
{
    /// <summary>The product of two matrices, of batches of them, or of a matrix and a vector.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>The product of two matrices: [N, K] by [K, M] is [N, M].</summary>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>The product of a matrix and a vector: [N, K] by [K] is [N].</summary>
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    /// <summary>The products of two batches of matrices: [B, N, K] by [B, K, M] is [B, N, M].</summary>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <summary>The inner product of two vectors.</summary>
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    /// <summary>The outer product of two vectors: [N] and [M] give [N, M].</summary>
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    /// <summary>beta * input + alpha * (mat1 by mat2).</summary>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) =>
        input.addmm(mat1, mat2, beta, alpha);

    /// <summary>exp(x) divided by its sum over one dimension.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    /// <summary>The transpose of a matrix.</summary>
    public static Tensor t(Tensor input) => input.t();

    /// <summary>The order of the indices of some dimensions reversed.</summary>
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    /// <summary>The indices of a dimension, or of the elements, moved around its end.</summary>
    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    /// <summary>The lower triangle, zero above the diagonal.</summary>
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    /// <summary>The upper triangle, zero below the diagonal.</summary>
    public static Tensor triu(Tensor input, long diagonal = 0L) => input.triu(diagonal);

    /// <summary>The diagonal of a matrix, or a matrix with the elements as its diagonal.</summary>
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    /// <summary>Special functions.</summary>
    public static class special
    {
        /// <summary>exp(x) divided by its sum over one dimension.</summary>
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

        /// <summary>The logarithm of the softmax, computed stably.</summary>
        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
    }
}
