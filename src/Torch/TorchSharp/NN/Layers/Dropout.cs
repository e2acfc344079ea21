using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>In training each element zero with some probability, else scaled up; in evaluation as it is.</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout))
        {
            this.p = p;
            this.inplace = inplace;
        }

        /// <summary>The probability that an element is dropped.</summary>
        public double p { get; set; }

        /// <summary>Whether the input itself is changed.</summary>
        public bool inplace { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.dropout(tensor, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>In training each element zero with some probability, else scaled up (Srivastava et al., 2014).</summary>
            /// <param name="p">The probability that an element is dropped.</param>
            /// <param name="inplace">Whether the input itself is changed.</param>
            public static Modules.Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
