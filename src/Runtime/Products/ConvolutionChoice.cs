namespace Dsl.Runtime;

/// <summary>
/// How each part of a convolution is computed: by its sizes, where products are ours (<see cref="ProductChoice.IsOurs"/>) the
/// fastest way, where oneDNN is wrong one of our own. What is ours where oneDNN is right was measured faster than it on one
/// thread and on two.
/// </summary>
internal static class ConvolutionChoice
{
    /// <summary>The outputs.</summary>
    public static ConvolutionWay Forward(in ConvolutionSizes sizes)
    {
        if (ProductChoice.IsOurs)
        {
            if (WinogradSizes.Take(sizes)) return ConvolutionWay.Tiles;
            if (DirectSizes.TakeForward(sizes)) return ConvolutionWay.Direct;
            if (ImageConvolution.Takes(sizes)) return ConvolutionWay.Products;
        }

        if (!ProductChoice.AreConvolutionsOurs) return ConvolutionWay.LibTorch;
        return DirectSizes.Fit(sizes) ? ConvolutionWay.Direct : ConvolutionWay.Products;
    }

    /// <summary>The gradient of the images.</summary>
    public static ConvolutionWay OfImages(in ConvolutionSizes sizes)
    {
        if (ProductChoice.IsOurs)
        {
            if (WinogradSizes.Take(sizes) && WinogradSizes.Take(sizes.Backward)) return ConvolutionWay.Tiles;
            if (DirectSizes.TakeImages(sizes)) return ConvolutionWay.Direct;
            if (StridedImageGradient.Takes(sizes)) return ConvolutionWay.Strided;
        }

        if (!ProductChoice.AreConvolutionsOurs) return ConvolutionWay.LibTorch;
        if (sizes.HasBackward && DirectSizes.Fit(sizes.Backward)) return ConvolutionWay.Direct;
        if (!sizes.HasUnitStride) return ConvolutionWay.Strided;
        return sizes.HasProductBackward ? ConvolutionWay.Products : ConvolutionWay.LibTorch;
    }

    /// <summary>The gradient of the kernels.</summary>
    public static ConvolutionWay OfKernels(in ConvolutionSizes sizes)
    {
        if (ProductChoice.IsOurs)
        {
            if (WinogradSizes.Take(sizes)) return ConvolutionWay.Tiles;
            if (DirectSizes.TakeKernels(sizes)) return ConvolutionWay.Direct;
            if (KernelGradient.Takes(sizes)) return ConvolutionWay.Products;
        }

        if (!ProductChoice.AreConvolutionsOurs) return ConvolutionWay.LibTorch;
        return DirectSizes.Fit(sizes) ? ConvolutionWay.Direct : ConvolutionWay.Products;
    }
}
