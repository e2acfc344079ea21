namespace Dsl;

/// <summary>
/// Elements added on each side of each spatial dimension: [N, C, L] to [N, C, L + 2·amount], and [N, C, H, W] to
/// [N, C, H + 2·amount, W + 2·amount]. No parameters.
/// </summary>
public sealed class PadAttribute : LayerAttribute
{
    /// <summary>A padding that is the same on every side.</summary>
    /// <param name="amount">Number of elements on each side; to reflect, less than the size of each padded dimension.</param>
    public PadAttribute(int amount) => Amount = amount;

    /// <summary>Number of elements on each side; to reflect, less than the size of each padded dimension.</summary>
    [Interval("[1, inf)")]
    public int Amount { get; }

    /// <summary>What is added; zeros by default.</summary>
    public PaddingMode Mode { get; set; } = PaddingMode.Zeros;
}
