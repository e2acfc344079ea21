namespace Dsl.Runtime;

/// <summary>
/// Which convolutions are worth the loops of <see cref="DirectConvolution"/> and <see cref="DirectKernelGradient"/>: those that
/// have few channels on a side, as the first layers of networks do. oneDNN takes 16 channels at once, of which most are missing
/// there, and some 50 microseconds before it begins.
/// </summary>
internal static class DirectSizes
{
    // Channels that oneDNN takes at once, and what it takes few of in a form of its own.
    private const long Many = 16, Few = 3;

    // Below so many multiplications what oneDNN takes before it begins is the most of it.
    private const long Small = 1 << 23;

    // Channels on the other side, elements of a sample's planes, places of a row of the output: more is not measured.
    private const long MostChannels = 128, MostElements = 1 << 19, MostPlaces = 1 << 10;

    // Rows of the output that are shorter leave half of a vector empty where they are laid out.
    private const long FewestPlaces = 8;

    /// <summary>Whether output channels are taken 6 at once, not 8.</summary>
    public static bool IsLow(long outputs) => outputs <= DirectKernel.FewRows
        || (outputs % DirectKernel.FewRows == 0 && outputs % DirectKernel.Rows != 0);

    /// <summary>Whether a convolution is one that the loops are made for: of few channels, without strides.</summary>
    public static bool Fit(in ConvolutionSizes sizes) => sizes.HasUnitStride
        && sizes.KernelHeight * sizes.KernelWidth > 1 && Math.Min(sizes.Channels, sizes.Outputs) < Many
        && Math.Max(sizes.Channels, sizes.Outputs) <= MostChannels
        && sizes.OutputWidth <= MostPlaces && new ColumnPlanes(sizes).Size <= MostElements;

    /// <summary>Whether one that fits takes less time than oneDNN's. Where output channels are a multiple of 16, and input
    /// channels not few, oneDNN's is at the processor's peak.</summary>
    public static bool TakeForward(in ConvolutionSizes sizes) => Fit(sizes)
        && (IsSmall(sizes) || (sizes.OutputWidth >= FewestPlaces && (sizes.Channels <= Few || sizes.Outputs % Many != 0)));

    /// <summary>Whether the gradient of its images is worth it.</summary>
    public static bool TakeImages(in ConvolutionSizes sizes) =>
        sizes.HasBackward && Fit(sizes.Backward) && (sizes.Width >= FewestPlaces || IsSmall(sizes));

    /// <summary>Whether the gradient of its kernels is.</summary>
    public static bool TakeKernels(in ConvolutionSizes sizes) =>
        Fit(sizes) && (sizes.OutputWidth >= FewestPlaces || IsSmall(sizes));

    private static bool IsSmall(in ConvolutionSizes sizes) =>
        sizes.Samples * sizes.Places * sizes.Outputs * sizes.Window < Small;
}
