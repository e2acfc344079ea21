namespace Dsl.Runtime;

/// <summary>How a convolution, or a gradient of one, is computed.</summary>
internal enum ConvolutionWay
{
    /// <summary>By libtorch, which is oneDNN where it has it.</summary>
    LibTorch,

    /// <summary>As products of laid out panels: <see cref="ImageConvolution"/>, <see cref="KernelGradient"/>.</summary>
    Products,

    /// <summary>By tiles: <see cref="WinogradConvolution"/>, <see cref="WinogradKernelGradient"/>.</summary>
    Tiles,

    /// <summary>For few channels: <see cref="DirectConvolution"/>, <see cref="DirectKernelGradient"/>.</summary>
    Direct,

    /// <summary>For the gradient of images, with strides: <see cref="StridedImageGradient"/>.</summary>
    Strided,
}
