namespace Dsl;

/// <summary>Which places of its window a masked convolution sees. Places are in the order of reading: row by row from the top,
/// each from left to right.</summary>
public enum PixelMask
{
    /// <summary>Those before the centre: mask A of van den Oord et al. 2016 (arXiv 1601.06759, section 3.4), for what is computed
    /// of the image itself. With colours the centre's earlier colours, too.</summary>
    A,

    /// <summary>Those before the centre, and the centre itself: mask B, for what a layer behind mask A returns. With colours the
    /// centre's own and earlier colours.</summary>
    B,

    /// <summary>The rows above the centre's, in full: the first layer of a vertical stack (arXiv 1606.05328, section
    /// 2.2).</summary>
    Above,

    /// <summary>The rows above the centre's and its own, in full: further layers of a vertical stack, whose values already tell
    /// of rows above alone.</summary>
    Rows,
}
