namespace Dsl;

/// <summary>
/// Prediction of the order of sentences: representations without labels. A sample is two segments of equal length that follow
/// each other; in half of the samples they change places, and a head behind the network tells whether: mean
/// −log softmax(h(f(x_s)))[s], s = 1 where they did (Lan et al. 2019, ALBERT, arXiv 1909.11942, section 3.1).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns and
/// gives two logits [N, 2]; habitually one linear layer.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(sequences)</c>. The model takes tokens or vectors in sequence, [N, T] or [N, T, ...], T −
/// <see cref="Start"/> even. A separator that ends each segment goes with it. The model must know positions: to attention without
/// them both orders are the same. Segments that are padded, or begin in another way than they end, give the answer away.
/// </remarks>
/// <example><code>
/// [Model(129, Elements = Elements.Index)]             // a first token, then two segments of 64
/// [Embedding(8000, 128), PositionalEmbedding, TransformerEncoderLayer(4, 512), Place(0)]
/// public partial class Sentences;
///
/// [Model(128), Linear(2)]
/// public partial class Order;
///
/// [Trainer&lt;Sentences&gt;, SentenceOrder&lt;Order&gt;(Start = 1), Adam(1e-4), BatchSize(64), Epochs(10)]
/// public partial class SentencesTrainer;
/// </code></example>
public sealed class SentenceOrderAttribute<THead> : SchemeAttribute
{
    /// <summary>How many places at the start belong to no segment and stay, such as 1 for a first token.</summary>
    [Interval("[0, inf)")]
    public int Start { get; set; }
}
