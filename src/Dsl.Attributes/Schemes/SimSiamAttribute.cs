namespace Dsl;

/// <summary>
/// SimSiam: representations without labels and without negatives. A predictor h makes of each view's embedding that of the other,
/// which is held constant: −½·mean cos(h(z₁), sg z₂) − ½·mean cos(h(z₂), sg z₁) (Chen and He 2021, arXiv
/// 2011.10566, equations 1 to 4).
/// </summary>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample; habitually the same policy.</typeparam>
/// <typeparam name="TPredictor">A class with <see cref="ModelAttribute">[Model]</see> from embeddings to embeddings, [N, D] to
/// [N, D]; habitually two layers with a bottleneck of D/4.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]; the authors' projection has three layers and ends with batch normalisation without a scale.
/// Each view goes through the networks by itself. Without the constant side the solution collapses to one point:
/// <c>Losses.Spread</c> tells the deviation of the embeddings' directions in units of 1/√D, near 1 for spread ones and 0 for
/// collapsed ones, and a run whose spread falls below 0.1 is warned of.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, SimSiam&lt;Crop, Crop, Predictor&gt;, Projection&lt;Head&gt;]
/// [Sgd(0.05, Momentum = 0.9, WeightDecay = 1e-4), Cosine, BatchSize(256), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class SimSiamAttribute<TFirst, TSecond, TPredictor> : SchemeAttribute
{
    /// <summary>Whether the predictor's learning rate stays what it is at the start while that of the others follows the schedule
    /// (section 4.2).</summary>
    public bool ConstantPredictorRate { get; set; } = true;
}
