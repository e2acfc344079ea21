namespace Dsl;

/// <summary>Adds normal noise to every element of [N, C, H, W] (Laine and Aila 2016, arXiv 1610.02242).</summary>
public sealed class GaussianNoiseAttribute : TransformationAttribute
{
    /// <summary>Noise of mean 0.</summary>
    /// <param name="std">Its standard deviation, in the unit of the images.</param>
    public GaussianNoiseAttribute(double std) => Std = std;

    /// <summary>Standard deviation, in the unit of the images.</summary>
    [Interval("(0, inf)")]
    public double Std { get; }

    /// <summary>Whether the result is cut to [0, 1], as torchvision's GaussianNoise does; false by default.</summary>
    public bool Clip { get; set; }
}
