using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static class linalg
    {
        /// <summary>Which factors <see cref="qr"/> computes.</summary>
        public enum QRMode
        {
            /// <summary>Q [m, k] and R [k, n] with k = min(m, n).</summary>
            Reduced = 0,

            /// <summary>Q [m, m] and R [m, n].</summary>
            Complete = 1,

            /// <summary>R [k, n] alone; Q is empty.</summary>
            R = 2,
        }

        /// <summary>A matrix [..., m, n] as the product of one with orthonormal columns and an upper triangle.</summary>
        /// <param name="input">The matrices.</param>
        /// <param name="mode">Which factors.</param>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => Aten.linalg_qr(input, mode switch
        {
            QRMode.Reduced => "reduced",
            QRMode.Complete => "complete",
            _ => "r",
        });
    }
}
