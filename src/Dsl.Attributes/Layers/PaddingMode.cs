namespace Dsl;

/// <summary>What is added around an image or a sequence.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The elements beside the edge, mirrored at it: of a, b, c comes c, b, a, b, c, b, a.</summary>
    Reflect,
}
