namespace Dsl;

/// <summary>How values between pixels are made.</summary>
public enum Interpolation
{
    /// <summary>The nearest pixel's: y[i, j] = x[⌊i/scale⌋, ⌊j/scale⌋].</summary>
    Nearest,

    /// <summary>
    /// The four nearest pixels' by distance between centres (PyTorch's <c>align_corners=False</c>); beyond the outermost
    /// centres the edge continues.
    /// </summary>
    Bilinear,
}
