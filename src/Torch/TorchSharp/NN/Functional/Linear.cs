using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers, activations and losses as functions.</summary>
        public static partial class functional
        {
            /// <summary>input by the transpose of the weights, plus the bias: [..., in] gives [..., out].</summary>
            /// <param name="input">[..., in].</param>
            /// <param name="weights">[out, in].</param>
            /// <param name="bias">[out], or null.</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.linear(input, weights, bias);
        }
    }
}
