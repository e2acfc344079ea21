namespace Dsl;

/// <summary>
/// Networks that grow while they are trained, from a low resolution up: the stages of their
/// <see cref="FadeInAttribute">[FadeIn]</see> layers come one after another, in all networks of the trainer at once (Karras et
/// al. 2018, arXiv 1710.10196, section 2 and appendix A.1).
/// </summary>
/// <remarks>
/// <para>
/// With H = <see cref="Hold"/> and F = <see cref="Fade"/>, stage k begins at step b = H + (k − 1)(H + F), and its share is
/// (step − b + 1)/F, not below 0 and not above 1: a step of 1/F in each of F steps. The run ends at the earliest with stage K
/// complete, after K(H + F) steps.
/// </para>
/// <para>
/// Images of the data [N, C, H, W], whose sizes are multiples of 2^K, are seen in the same resolution: that of stage k is
/// α times the image halved K − k times and 1 − α times the enlarged one of stage k − 1. What the optimizers keep,
/// such as moments, begins anew with each stage, and so does their count of updates, as in the paper's code.
/// </para>
/// <para>
/// Each network is computed in full at every step: stages that have not begun are multiplied by 0, and time is not saved.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Growing&gt;, WganGp&lt;GrowingCritic&gt;, ProgressiveGrowing(hold: 2000, fade: 2000), Steps(12000)]
/// [Adam(1e-3, Beta1 = 0, Beta2 = 0.99), Adam(1e-3, Beta1 = 0, Beta2 = 0.99, For = "Critic")]
/// public partial class GrowingTrainer;
/// </code></example>
public sealed class ProgressiveGrowingAttribute : RecipeAttribute
{
    /// <summary>Growth by a number of steps.</summary>
    /// <param name="hold">Steps between two stages, and before the first.</param>
    /// <param name="fade">Steps in which a stage fades in.</param>
    public ProgressiveGrowingAttribute(int hold, int fade) => (Hold, Fade) = (hold, fade);

    /// <summary>Steps between two stages, and before the first.</summary>
    [Interval("[1, inf)")]
    public int Hold { get; }

    /// <summary>Steps in which a stage fades in.</summary>
    [Interval("[1, inf)")]
    public int Fade { get; }
}
