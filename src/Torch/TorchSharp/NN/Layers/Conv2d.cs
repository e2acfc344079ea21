using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over two dimensions: [N, C, H, W] gives [N, K, H', W'].</summary>
    public sealed class Conv2d : nn.Module<Tensor, Tensor>
    {
        internal Conv2d(
            long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long) padding,
            (long, long) dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d))
        {
            this.in_channels = in_channels;
            this.out_channels = out_channels;
            this.kernel_size = [kernel_size.Item1, kernel_size.Item2];
            this.stride = [stride.Item1, stride.Item2];
            this.padding = [padding.Item1, padding.Item2];
            this.dilation = [dilation.Item1, dilation.Item2];
            this.padding_mode = padding_mode;
            this.groups = groups;
            weight = new Parameter(empty([out_channels, in_channels / groups, .. this.kernel_size], dtype, device));
            this.bias = bias ? new Parameter(empty(out_channels, dtype, device)) : null;
            weight.DetachFromDisposeScope();
            this.bias?.DetachFromDisposeScope();
            ConditionallyRegisterParameter(nameof(weight), weight);
            ConditionallyRegisterParameter(nameof(bias), this.bias);

            // PyTorch's default: uniform within 1 / sqrt(inputs of one output) for both.
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (this.bias is not null)
            {
                var bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
                nn.init.uniform_(this.bias, -bound, bound);
            }
        }

        /// <summary>The channels of the input.</summary>
        public long in_channels { get; }

        /// <summary>The channels of the output.</summary>
        public long out_channels { get; }

        /// <summary>The height and width of a window.</summary>
        public long[] kernel_size { get; }

        /// <summary>The steps between windows.</summary>
        public long[] stride { get; }

        /// <summary>What is added on both sides of height and width.</summary>
        public long[] padding { get; }

        /// <summary>The steps inside a window.</summary>
        public long[] dilation { get; }

        /// <summary>What is added around the input.</summary>
        public PaddingModes padding_mode { get; }

        /// <summary>How many groups of channels are convolved apart.</summary>
        public long groups { get; }

        /// <summary>[K, C / groups, height, width].</summary>
        public Parameter weight { get; }

        /// <summary>[K], or null.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            if (padding_mode == PaddingModes.Zeros)
            {
                return nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
            }

            using var padded = nn.functional.pad(input, (padding[1], padding[1], padding[0], padding[0]), padding_mode);
            return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>
            /// A convolution over two dimensions: [N, C, H, W] gives [N, K, H', W'], initialised as in PyTorch.
            /// </summary>
            /// <param name="in_channels">The channels of the input, C.</param>
            /// <param name="out_channels">The channels of the output, K.</param>
            /// <param name="kernel_size">The height and width of a window.</param>
            /// <param name="stride">The steps between windows.</param>
            /// <param name="padding">What is added on both sides.</param>
            /// <param name="dilation">The steps inside a window.</param>
            /// <param name="padding_mode">What is added around the input.</param>
            /// <param name="groups">How many groups of channels are convolved apart.</param>
            /// <param name="bias">Whether something learnt is added to each channel.</param>
            /// <param name="device">Where the parameters live; the processor when not given.</param>
            /// <param name="dtype">The type of the parameters; single precision when not given.</param>
            public static Modules.Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding),
                    (dilation, dilation), padding_mode, groups, bias, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device?, ScalarType?)"/>
            public static Modules.Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), padding_mode,
                    groups,
                    bias, device, dtype);
        }
    }
}
