namespace Dsl;

/// <summary>
/// Barlow Twins: representations without labels and without negatives. The correlations C [D, D] between the embeddings of two
/// views, over the batch, are to be the identity: Σ_i (1 − C_ii)² + λ·Σ_{i≠j} C_ij² (Zbontar et al. 2021, arXiv
/// 2103.03230, equations 1 and 2).
/// </summary>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample; habitually the same policy.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]; the method gains from a wide one, habitually 2048 and more. Each component is standardised
/// over the batch, by the deviation of N, without a scale; a component that is the same everywhere has the correlation 0. Each
/// view goes through the network by itself. With <c>[Accumulate]</c> the correlations are those of each batch.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, BarlowTwins&lt;Crop, Crop&gt;, Projection&lt;Head&gt;]
/// [Adam(1e-3), BatchSize(256, DropLast = true), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class BarlowTwinsAttribute<TFirst, TSecond> : SchemeAttribute
{
    /// <summary>λ: weight of the correlations between different components.</summary>
    [Interval("[0, inf)")]
    public double Redundancy { get; set; } = 0.0051;
}
