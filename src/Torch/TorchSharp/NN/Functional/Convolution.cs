using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>A convolution over one dimension.</summary>
            /// <param name="input">[N, C, L].</param>
            /// <param name="weight">[K, C / groups, kernel].</param>
            /// <param name="bias">[K], or null.</param>
            /// <param name="stride">The step between windows; 1 when not given.</param>
            /// <param name="padding">Zeros on both sides; none when not given.</param>
            /// <param name="dilation">The step inside a window; 1 when not given.</param>
            /// <param name="groups">How many groups of channels are convolved apart.</param>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null,
                long groups = 1) =>
                Aten.conv1d(input, weight, bias, [stride ?? 1], [padding ?? 0], [dilation ?? 1], groups);

            /// <summary>A convolution over two dimensions.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="weight">[K, C / groups, height, width].</param>
            /// <param name="bias">[K], or null.</param>
            /// <param name="strides">The step between windows: one number, or one for each dimension; 1 when not given.</param>
            /// <param name="padding">Zeros on both sides: one number, or one for each dimension; none when not given.</param>
            /// <param name="dilation">The step inside a window: one number, or one for each dimension; 1 when not given.</param>
            /// <param name="groups">How many groups of channels are convolved apart.</param>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                Aten.conv2d(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            /// <summary>A convolution over three dimensions.</summary>
            /// <param name="input">[N, C, D, H, W].</param>
            /// <param name="weight">[K, C / groups, depth, height, width].</param>
            /// <param name="bias">[K], or null.</param>
            /// <param name="strides">The step between windows: one number, or one for each dimension; 1 when not given.</param>
            /// <param name="padding">Zeros on both sides: one number, or one for each dimension; none when not given.</param>
            /// <param name="dilation">The step inside a window: one number, or one for each dimension; 1 when not given.</param>
            /// <param name="groups">How many groups of channels are convolved apart.</param>
            public static Tensor conv3d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                Aten.conv3d(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            /// <summary>The transpose of a convolution over one dimension.</summary>
            /// <param name="input">[N, C, L].</param>
            /// <param name="weight">[C, K / groups, kernel].</param>
            /// <param name="bias">[K], or null.</param>
            /// <param name="stride">The step between windows of the output; 1 when not given.</param>
            /// <param name="padding">What is cut off on both sides of the output; none when not given.</param>
            /// <param name="output_padding">What is added at the end of the output; none when not given.</param>
            /// <param name="dilation">The step inside a window; 1 when not given.</param>
            /// <param name="groups">How many groups of channels are convolved apart.</param>
            public static Tensor conv_transpose1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? output_padding = null, long? dilation = null, long groups = 1) =>
                Aten.conv_transpose1d(
                    input, weight, bias, [stride ?? 1], [padding ?? 0], [output_padding ?? 0], groups, [dilation ?? 1]);

            /// <summary>The transpose of a convolution over two dimensions.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="weight">[C, K / groups, height, width].</param>
            /// <param name="bias">[K], or null.</param>
            /// <param name="strides">The step between windows of the output; 1 when not given.</param>
            /// <param name="padding">What is cut off on both sides of the output; none when not given.</param>
            /// <param name="output_padding">What is added at the end of the output; none when not given.</param>
            /// <param name="dilation">The step inside a window; 1 when not given.</param>
            /// <param name="groups">How many groups of channels are convolved apart.</param>
            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.conv_transpose2d(
                    input, weight, bias, strides ?? [1], padding ?? [0], output_padding ?? [0], groups, dilation ?? [1]);
        }
    }
}
