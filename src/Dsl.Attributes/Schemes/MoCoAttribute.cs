namespace Dsl;

/// <summary>
/// Momentum contrast: representations without labels. A view of an image is to be told, by its direction, from earlier images
/// of a queue: −log exp(q·k/τ)/(exp(q·k/τ) + Σ exp(q·kⱼ/τ)), q = f(x_q)/‖f(x_q)‖ of the trained encoder, k = g(x_k)/‖g(x_k)‖ of
/// its moving average, kⱼ the keys of earlier batches (He et al. 2020, arXiv 1911.05722, equation 1 and algorithm 1).
/// </summary>
/// <typeparam name="TQuery">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: the view that is
/// trained.</typeparam>
/// <typeparam name="TKey">The other view of the same image; habitually the same policy.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>, <c>Batch(Input)</c>, and no <c>Evaluate</c>, since a loss that compares with a
/// queue says little of what was learned; train a linear layer on the features, or ask their nearest neighbours. The model
/// returns a vector for each image, [N, D]; D is habitually 128, and a second hidden layer before it is that of version 2 (Chen
/// et al. 2020, arXiv 2003.04297), with <see cref="Temperature"/> 0.2 and <c>[Cosine]</c>.
/// The key encoder starts as a copy, runs in training mode without a gradient, and keeps running statistics of its own. After
/// each update its parameters become m·key + (1 − m)·query, and the keys of the step enter the queue, in place of the oldest.
/// The queue starts as random directions.
/// Batches need not divide the queue. Where the encoder normalises by the batch, the statistics tell which images are in it,
/// which the authors prevent by shuffling among GPUs; on a single device prefer <c>[GroupNorm]</c> or <c>[LayerNorm]</c>.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, MoCo&lt;Crop, Crop&gt;(Queue = 4096, Momentum = 0.999, Temperature = 0.2)]
/// [Sgd(0.03, Momentum = 0.9, WeightDecay = 1e-4), Cosine, BatchSize(256), Epochs(200)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class MoCoAttribute<TQuery, TKey> : SchemeAttribute
{
    /// <summary>Q: how many keys of earlier batches each query is told from; at least a batch.</summary>
    [Interval("[1, inf)")]
    public int Queue { get; set; } = 65536;

    /// <summary>m: decay of the key encoder's moving average.</summary>
    [Interval("[0, 1)")]
    public double Momentum { get; set; } = 0.999;

    /// <summary>τ: what the cosines are divided by; 0.07 in version 1, 0.2 in version 2.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.07;
}
