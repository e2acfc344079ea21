namespace Dsl;

/// <summary>
/// Each feature times a number of its own that is learned, x ⊙ γ. Behind a frozen head of classes it is the learnable weight
/// scaling of Kang et al. (2020, arXiv 1910.09217, section 4.2); inside a block it is a layer scale (Touvron et al. 2021, arXiv
/// 2103.17239, equation 4).
/// </summary>
/// <remarks>[N, ..., D], of which the last dimension has the features; parameter <c>weight</c> [D].</remarks>
/// <example><code>
/// [Model(1, 8, 8), Use&lt;Backbone&gt;, Linear(10), Frozen, LearnedScale]
/// public partial class Scaled;
/// </code></example>
public sealed class LearnedScaleAttribute : LayerAttribute
{
    /// <summary>Where each factor starts.</summary>
    [Interval("(-inf, inf)")]
    public double Initial { get; set; } = 1;
}
