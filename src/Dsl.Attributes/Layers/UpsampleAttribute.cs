namespace Dsl;

/// <summary>An image in a higher resolution: [N, C, H, W] to [N, C, scale·H, scale·W]. No parameters.</summary>
public sealed class UpsampleAttribute : LayerAttribute
{
    /// <summary>Upsampling by a whole factor.</summary>
    /// <param name="scale">The factor of height and width.</param>
    public UpsampleAttribute(int scale) => Scale = scale;

    /// <summary>The factor of height and width.</summary>
    [Interval("[1, inf)")]
    public int Scale { get; }

    /// <summary>How values between pixels are made; the nearest one's by default, as in PyTorch.</summary>
    public Interpolation Mode { get; set; } = Interpolation.Nearest;
}
