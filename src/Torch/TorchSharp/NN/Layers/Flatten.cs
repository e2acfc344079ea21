using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A range of dimensions joined into one: [N, C, H, W] gives [N, C * H * W].</summary>
    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        internal Flatten(long start_dim, long end_dim)
            : base(nameof(Flatten))
        {
            this.start_dim = start_dim;
            this.end_dim = end_dim;
        }

        /// <summary>The first dimension that is joined.</summary>
        public long start_dim { get; set; }

        /// <summary>The last dimension that is joined.</summary>
        public long end_dim { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            return input.flatten(start_dim, end_dim);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A range of dimensions joined into one: [N, C, H, W] gives [N, C * H * W].</summary>
            /// <param name="start_dim">The first dimension to join.</param>
            /// <param name="end_dim">The last dimension to join.</param>
            public static Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}
