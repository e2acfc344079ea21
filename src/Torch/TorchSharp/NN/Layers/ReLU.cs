using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>max(0, x) for each element.</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        /// <summary>Whether the input itself is changed.</summary>
        public bool inplace { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>max(0, x) for each element.</summary>
            /// <param name="inplace">Whether the input itself is changed.</param>
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);
        }
    }
}
