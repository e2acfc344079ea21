namespace Dsl;

/// <summary>ln(1 + e^(βx))/β, a smooth rectifier, element by element; the shape stays (Dugas et al. 2001).</summary>
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>How sharp the bend is; PyTorch's default is 1.</summary>
    [Interval("(0, inf)")]
    public double Beta { get; set; } = 1;

    /// <summary>Above this value of β·x the result is x itself, which it is to within rounding; PyTorch's default is
    /// 20.</summary>
    [Interval("(0, inf)")]
    public double Threshold { get; set; } = 20;
}
