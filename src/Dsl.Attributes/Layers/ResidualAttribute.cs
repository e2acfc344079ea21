namespace Dsl;

/// <summary>How a block's input gets the shape of its output before the two are added.</summary>
public enum Shortcut
{
    /// <summary>As it is: the shapes must be equal.</summary>
    Identity,

    /// <summary>
    /// As it is where the shapes are equal, else by a 1x1 convolution with the stride between the two and a batch normalisation
    /// (He et al. 2016, arXiv 1512.03385, option B).
    /// </summary>
    Projection,

    /// <summary>
    /// As it is where the shapes are equal, else by a 1x1 convolution with the stride between the two, without a normalisation,
    /// as networks with pre-activation have it (Zagoruyko and Komodakis 2016, arXiv 1605.07146).
    /// </summary>
    Convolution,
}

/// <summary>Adds the input of the block, x + F(x) (He et al. 2016, arXiv 1512.03385, equations 1 and 2).</summary>
/// <remarks>
/// Parameters under the layer's own number: of a projection, 0.weight [out, in, 1, 1], 1.weight and 1.bias [out]; of a
/// convolution, weight [out, in, 1, 1].
/// </remarks>
public sealed class ResidualAttribute : LayerAttribute
{
    /// <summary>Adds the input of the block.</summary>
    /// <param name="shortcut">What happens to the input where the shapes differ.</param>
    public ResidualAttribute(Shortcut shortcut = Shortcut.Identity) => Shortcut = shortcut;

    /// <summary>What happens to the input where the shapes differ.</summary>
    public Shortcut Shortcut { get; }
}
