using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>input by the transpose of the weight, plus the bias: [..., in] gives [..., out].</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Linear))
        {
            in_features = inputSize;
            out_features = outputSize;
            weight = new Parameter(empty(outputSize, inputSize, dtype, device));
            bias = hasBias ? new Parameter(empty(outputSize, dtype, device)) : null;
            weight.DetachFromDisposeScope();
            bias?.DetachFromDisposeScope();
            ConditionallyRegisterParameter(nameof(weight), weight);
            ConditionallyRegisterParameter(nameof(bias), bias);

            // PyTorch's default: uniform within 1 / sqrt(in) for both.
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (bias is not null && inputSize > 0)
            {
                var bound = 1 / Math.Sqrt(inputSize);
                nn.init.uniform_(bias, -bound, bound);
            }
        }

        /// <summary>The size of the last dimension of the input.</summary>
        public long in_features { get; }

        /// <summary>The size of the last dimension of the output.</summary>
        public long out_features { get; }

        /// <summary>[out, in].</summary>
        public Parameter weight { get; }

        /// <summary>[out], or null.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A layer [..., in] to [..., out] with a weight for each pair, initialised as in PyTorch.</summary>
            /// <param name="inputSize">The size of the last dimension of the input.</param>
            /// <param name="outputSize">The size of the last dimension of the output.</param>
            /// <param name="hasBias">Whether something learnt is added to each output.</param>
            /// <param name="device">Where the parameters live; the processor when not given.</param>
            /// <param name="dtype">The type of the parameters; single precision when not given.</param>
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}
