namespace Dsl;

/// <summary>
/// Bootstrap your own latent: representations without labels and without negatives. A predictor q makes of one view's embedding
/// what a moving average of the network makes of the other: 2 − 2·cos(q(z₁), sg z′₂) + 2 − 2·cos(q(z₂),
/// sg z′₁), the mean over the batch (Grill et al. 2020, arXiv 2006.07733, equations 1 and 2).
/// </summary>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample.</typeparam>
/// <typeparam name="TPredictor">A class with <see cref="ModelAttribute">[Model]</see> from embeddings to embeddings, [N, D] to
/// [N, D].</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]. The average starts as a copy, runs in training mode without a gradient and keeps running
/// statistics of its own; there is no predictor behind it. After update k of K its decay is 1 − (1 − τ)·(cos(πk/K) +
/// 1)/2, from τ to 1. Each view goes through the networks by itself. <c>Losses.Spread</c> tells of a collapse.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, Byol&lt;Crop, Crop, Predictor&gt;(Ema = 0.99), Projection&lt;Head&gt;]
/// [Adam(1e-3), BatchSize(256), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class ByolAttribute<TFirst, TSecond, TPredictor> : SchemeAttribute
{
    /// <summary>τ: decay of the moving average at the start of the run.</summary>
    [Interval("[0, 1)")]
    public double Ema { get; set; } = 0.996;
}
