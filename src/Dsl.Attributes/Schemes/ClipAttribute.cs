namespace Dsl;

/// <summary>
/// Contrastive pairs of two encoders: representations of two kinds of data in one space, such as images and their captions. Of a
/// batch of N pairs each input is to be told, by its direction, from the N inputs of the other kind, and the other way round:
/// ½·mean −log softmax(e^s·u_i·v_j, all j)[i] + ½·mean −log softmax(e^s·u_j·v_i, all j)[i], u and v the
/// directions of the two encoders' outputs (Radford et al. 2021, CLIP, arXiv 2103.00020, section 2.3 and figure 3).
/// </summary>
/// <typeparam name="TOther">A class with <see cref="ModelAttribute">[Model]</see> that takes the other half of a pair and gives
/// a vector of the width that the trainer's model gives, [N, D].</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(pairs)</c>, whose source has the first half as its inputs and the second under the name
/// <c>other</c>, as <c>InMemoryData.With("other", captions)</c> says. Both encoders are arguments of the constructor and are
/// trained by the model's optimizer. s is learned, too: it starts at −log of <see cref="Temperature"/>, and after each
/// update is brought back to at most −log of <see cref="LeastTemperature"/>. It is a parameter of the trainer,
/// <c>LogScale</c>, a part of its checkpoints, and weight decay passes it over, as the authors have it. Every other pair of a
/// batch is a negative: two pairs that fit crosswise are pushed apart all the same.
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), Conv2d(64, 3, Padding = 1), ReLU, GlobalAvgPool2d, Linear(64)]
/// public partial class ImageEncoder;
///
/// [Model(16, Elements = Elements.Index), Embedding(8000, 64), PositionalEmbedding, TransformerEncoderLayer(4, 128), Place(0)]
/// public partial class TextEncoder;
///
/// [Trainer&lt;ImageEncoder&gt;, Clip&lt;TextEncoder&gt;, Adam(5e-4), BatchSize(256, DropLast = true), Epochs(30)]
/// public partial class PairTrainer;
/// </code></example>
public sealed class ClipAttribute<TOther> : SchemeAttribute
{
    /// <summary>The temperature e^(−s) at the start, not below <see cref="LeastTemperature"/>.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.07;

    /// <summary>Below what the temperature does not fall: logits are cosines times its reciprocal at most.</summary>
    [Interval("(0, inf)")]
    public double LeastTemperature { get; set; } = 0.01;
}
