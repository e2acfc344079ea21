using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The product of two matrices, of batches of them, or of a matrix and a vector.</summary>
        public Tensor matmul(Tensor target) => Aten.matmul(this, target);

        /// <summary>The product of two matrices: [N, K] by [K, M] is [N, M].</summary>
        public Tensor mm(Tensor target) => Aten.mm(this, target);

        /// <summary>The product of a matrix and a vector: [N, K] by [K] is [N].</summary>
        public Tensor mv(Tensor target) => Aten.mv(this, target);

        /// <summary>The products of two batches of matrices: [B, N, K] by [B, K, M] is [B, N, M].</summary>
        public Tensor bmm(Tensor batch2) => Aten.bmm(this, batch2);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor target) => Aten.dot(this, target);

        /// <summary>The outer product of two vectors: [N] and [M] give [N, M].</summary>
        public Tensor outer(Tensor vec2) => Aten.outer(this, vec2);

        /// <summary>
        /// <paramref name="beta"/> * this + <paramref name="alpha"/> * (<paramref name="mat1"/> by <paramref name="mat2"/>).
        /// </summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Aten.addmm(this, mat1, mat2, (Number)beta, (Number)alpha);

        /// <summary>
        /// <paramref name="beta"/> * this + <paramref name="alpha"/> * (<paramref name="mat1"/> by <paramref name="mat2"/>), in
        /// place.
        /// </summary>
        /// <returns>This tensor.</returns>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            Aten.addmm_(this, mat1, mat2, (Number)beta, (Number)alpha);
            return this;
        }

        /// <summary>The sum of the diagonal of a matrix.</summary>
        public Tensor trace() => Aten.trace(this);
    }
}
