using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The largest element of each window of two dimensions.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="kernel_size">The size of a window.</param>
            /// <param name="strides">The step between windows; the window's size when not given.</param>
            /// <param name="padding">How far windows reach over each side; not at all when not given.</param>
            /// <param name="dilation">The step inside a window; 1 when not given.</param>
            /// <param name="ceil_mode">Whether a window that reaches over the end counts.</param>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Aten.max_pool2d(input, kernel_size, strides ?? kernel_size, padding ?? [0], dilation ?? [1], ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                Aten.max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(
                    input, Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)),
                    ceil_mode);

            /// <summary>The mean of each window of two dimensions.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="kernel_size">The size of a window.</param>
            /// <param name="stride">The step between windows; the window's size when not given.</param>
            /// <param name="padding">Zeros on both sides.</param>
            /// <param name="ceil_mode">Whether a window that reaches over the end counts.</param>
            /// <param name="count_include_pad">Whether zeros at the sides count in the mean.</param>
            /// <param name="divisor_override">What sums are divided by, instead of the count.</param>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                Aten.avg_pool2d(
                    input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, divisor_override);

            /// <inheritdoc cref="avg_pool2d(Tensor, long, long?, long, bool, bool, long?)"/>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                Aten.avg_pool2d(
                    input, kernel_size, stride ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            /// <summary>Means of as many windows as the output has places.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="output_size">The height and width of the output.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Aten.adaptive_avg_pool2d(input, output_size);

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                Aten.adaptive_avg_pool2d(input, [output_size.Item1, output_size.Item2]);

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                Aten.adaptive_avg_pool2d(input, [output_size, output_size]);

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
