using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Channels rearranged into resolution.</summary>
            /// <param name="input">[..., C·r², H, W].</param>
            /// <param name="upscale_factor">The factor r of height and width.</param>
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Aten.pixel_shuffle(input, upscale_factor);

            /// <summary>An image in another resolution, each pixel the nearest one of the input.</summary>
            /// <param name="input">[N, C, H, W].</param>
            /// <param name="outputSizes">Height and width of the output; either they or the factors are given.</param>
            /// <param name="scaleFactors">The factors of height and width.</param>
            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                Aten.upsample_nearest2d(input, (ReadOnlySpan<long>)outputSizes, (ReadOnlySpan<double>)scaleFactors);

            /// <summary>An image in another resolution, by interpolation between four pixels.</summary>
            /// <param name="x">[N, C, H, W].</param>
            /// <param name="size">Height and width of the output; either they or the factors are given.</param>
            /// <param name="scale_factor">The factors of height and width.</param>
            /// <param name="align_corners">Whether the centres of the corner pixels, and not their corners, are aligned.</param>
            public static Tensor upsample_bilinear(
                Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                Aten.upsample_bilinear2d(x, (ReadOnlySpan<long>)size, align_corners, (ReadOnlySpan<double>)scale_factor);
        }
    }
}
