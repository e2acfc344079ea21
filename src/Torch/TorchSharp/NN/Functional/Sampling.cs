using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a value between pixels is found.</summary>
    public enum GridSampleMode
    {
        /// <summary>From the nearest pixel.</summary>
        Nearest = 0,

        /// <summary>Between the four pixels around.</summary>
        Bilinear = 2,
    }

    /// <summary>What lies outside of an image.</summary>
    public enum GridSamplePaddingMode
    {
        /// <summary>Zeros.</summary>
        Zeros = 0,

        /// <summary>The image, mirrored.</summary>
        Reflection = 1,

        /// <summary>The nearest pixel of the border.</summary>
        Border = 2,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Images read at given places.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="grid">[N, H', W', 2]: column and row, −1 and 1 at the borders.</param>
            /// <param name="mode">How a value between pixels is found.</param>
            /// <param name="padding_mode">What lies outside of the image.</param>
            /// <param name="align_corners">Whether −1 and 1 are the centres of the corner pixels, and not the borders; false when not given.</param>
            /// <returns>[N, C, H', W'].</returns>
            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                // aten counts its modes bilinear, nearest and its paddings zeros, border, reflection.
                long interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                long padding = padding_mode switch
                {
                    GridSamplePaddingMode.Zeros => 0,
                    GridSamplePaddingMode.Border => 1,
                    _ => 2,
                };
                return Aten.grid_sampler(input, grid, interpolation, padding, align_corners ?? false);
            }

            /// <summary>The places that affine maps read.</summary>
            /// <param name="theta">[N, 2, 3]: from a place in the output to one in the input, −1 and 1 at the borders of both.</param>
            /// <param name="size">Sizes of the output, [N, C, H, W].</param>
            /// <param name="align_corners">Whether −1 and 1 are the centres of the corner pixels, and not the borders.</param>
            /// <returns>[N, H, W, 2].</returns>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
            {
                ArgumentNullException.ThrowIfNull(size);
                return Aten.affine_grid_generator(theta, size, align_corners);
            }
        }
    }
}
