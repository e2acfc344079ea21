namespace Dsl;

/// <summary>
/// (x − mean) / std, by channel of [N, C, H, W]. Not random: a trainer's evaluation does it, too, and whoever calls the model
/// by hand must. As torchvision's Normalize.
/// </summary>
public sealed class NormalizeAttribute : TransformationAttribute
{
    /// <summary>A mean and a standard deviation for each channel.</summary>
    /// <param name="mean">As many numbers as channels.</param>
    /// <param name="std">As many numbers as channels, above 0.</param>
    public NormalizeAttribute(double[] mean, double[] std)
    {
        Mean = mean;
        Std = std;
    }

    /// <summary>One mean and one standard deviation for all channels.</summary>
    /// <param name="mean">What is subtracted.</param>
    /// <param name="std">What is divided by, above 0.</param>
    public NormalizeAttribute(double mean, double std)
        : this([mean], [std])
    {
    }

    /// <summary>What is subtracted, by channel.</summary>
    [Interval("(-inf, inf)")]
    public double[] Mean { get; }

    /// <summary>What is divided by, by channel.</summary>
    [Interval("(0, inf)")]
    public double[] Std { get; }
}
