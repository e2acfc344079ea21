namespace Dsl;

/// <summary>
/// Prediction of pairs: representations without labels. A sample is two segments of equal length that belong together; in half
/// of the samples the second one is that of another sample of the batch, and a head behind the network tells whether: mean
/// −log softmax(h(f(x_s)))[s], s = 1 where it is (Devlin et al. 2018, BERT, arXiv 1810.04805, section 3.1, task 2).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns and
/// gives two logits [N, 2]; habitually one linear layer.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(sequences)</c>. The model takes tokens or vectors in sequence, [N, T] or [N, T, ...], T −
/// <see cref="Start"/> even. The other sample is drawn evenly from the rest of the batch, which has two samples at least; one
/// that happens to go on in the same way counts as foreign all the same. What tells is the topic more than what follows from
/// what: <see cref="SentenceOrderAttribute{THead}"/> was found to teach more of language (arXiv 1909.11942, table 5).
/// </remarks>
/// <example><code>
/// [Model(129, Elements = Elements.Index)]             // a first token, then two segments of 64
/// [Embedding(8000, 128), PositionalEmbedding, TransformerEncoderLayer(4, 512), Place(0)]
/// public partial class Sentences;
///
/// [Model(128), Linear(2)]
/// public partial class Belongs;
///
/// [Trainer&lt;Sentences&gt;, NextSentence&lt;Belongs&gt;(Start = 1), Adam(1e-4), BatchSize(64, DropLast = true), Epochs(10)]
/// public partial class SentencesTrainer;
/// </code></example>
public sealed class NextSentenceAttribute<THead> : SchemeAttribute
{
    /// <summary>How many places at the start belong to no segment and stay, such as 1 for a first token.</summary>
    [Interval("[0, inf)")]
    public int Start { get; set; }
}
