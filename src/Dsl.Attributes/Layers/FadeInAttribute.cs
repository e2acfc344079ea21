namespace Dsl;

/// <summary>
/// A stage of a network that grows: α·x + (1 − α)·t, where x is the value at this place, t a tagged value of the same shape
/// and α the share of the stage, in [0, 1] (Karras et al. 2018, arXiv 1710.10196, section 2 and figure 2).
/// </summary>
/// <remarks>
/// <para>
/// x comes through the layers that the stage adds, t from what was there before: in a generator the image of the lower
/// resolution, enlarged, and in its judge the layers that read the halved image. At α = 0 the network is the one without the
/// stage.
/// </para>
/// <para>
/// Buffer: share, a number, 1 where nothing has been said. A trainer with
/// <see cref="ProgressiveGrowingAttribute">[ProgressiveGrowing]</see> sets it in each step; <c>SetStage(stage, share)</c> of the
/// generated model sets it elsewhere.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(32), Linear(512), Reshape(32, 4, 4), LeakyReLU(0.2), Tag("at4"), Conv2d(1, 1), Upsample(2), Tag("enlarged")]
/// [From("at4"), Upsample(2), Conv2d(16, 3, Padding = 1), LeakyReLU(0.2), Conv2d(1, 1), FadeIn("enlarged", 1)]
/// public partial class Growing;
/// </code></example>
public sealed class FadeInAttribute : LayerAttribute
{
    /// <summary>Fades the value at this place in, over one that was tagged.</summary>
    /// <param name="tag">The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</param>
    /// <param name="stage">Which stage of growth it belongs to, counted from 1; several layers may belong to one.</param>
    public FadeInAttribute(string tag, int stage) => (Tag, Stage) = (tag, stage);

    /// <summary>The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</summary>
    public string Tag { get; }

    /// <summary>Which stage of growth it belongs to, counted from 1.</summary>
    [Interval("[1, 16]")]
    public int Stage { get; }
}
