using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The largest element of each window: [N, C, H, W] gives [N, C, H', W'].</summary>
    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
            : base(nameof(MaxPool2d))
        {
            this.kernel_size = kernel_size;
            this.stride = stride ?? kernel_size;
            this.padding = padding ?? [0];
            this.dilation = dilation ?? [1];
            this.ceil_mode = ceil_mode;
        }

        /// <summary>The size of a window.</summary>
        public long[] kernel_size { get; }

        /// <summary>The steps between windows.</summary>
        public long[] stride { get; }

        /// <summary>How far windows reach over each side.</summary>
        public long[] padding { get; }

        /// <summary>The steps inside a window.</summary>
        public long[] dilation { get; }

        /// <summary>Whether a window that reaches over the end counts.</summary>
        public bool ceil_mode { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The largest element of each window: [N, C, H, W] gives [N, C, H', W'].</summary>
            /// <param name="kernel_size">The size of a window.</param>
            /// <param name="stride">The step between windows; the window's size when not given.</param>
            /// <param name="padding">How far windows reach over each side; not at all when not given.</param>
            /// <param name="dilation">The step inside a window; 1 when not given.</param>
            /// <param name="ceil_mode">Whether a window that reaches over the end counts.</param>
            public static Modules.MaxPool2d MaxPool2d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new([kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <inheritdoc cref="MaxPool2d(long, long?, long?, long?, bool)"/>
            public static Modules.MaxPool2d MaxPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false)
            {
                var (step, edge, spread) = (stride ?? kernel_size, padding ?? (0, 0), dilation ?? (1, 1));
                return new(
                    [kernel_size.Item1, kernel_size.Item2], [step.Item1, step.Item2], [edge.Item1, edge.Item2],
                    [spread.Item1, spread.Item2], ceil_mode);
            }

            /// <inheritdoc cref="MaxPool2d(long, long?, long?, long?, bool)"/>
            public static Modules.MaxPool2d MaxPool2d(
                long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                new(kernel_size, stride, padding, dilation, ceil_mode);
        }
    }
}
