namespace Dsl;

/// <summary>
/// Masked language modelling, BERT's pre-training without labels: 15 % of the tokens of each sequence are selected; of these 80 %
/// become the mask token, 10 % a random one, 10 % stay, and the network is to tell each selected token (Devlin et al. 2018, arXiv
/// 1810.04805, section 3.1). The loss is the cross-entropy of the selected tokens alone, their mean over the batch. With
/// <see cref="LongestSpan"/> neighbours are selected together, as SpanBERT does (Joshi et al. 2019, arXiv 1907.10529, section
/// 3.1).
/// </summary>
/// <remarks>
/// No objective and no labels: <c>Fit(data)</c>. The model takes tokens [N, T], and whatever further inputs it declares, such as
/// the sentence of each token and <see cref="LengthsAttribute"/>, and returns logits [N, T, V] of the vocabulary; it must be able
/// to see other places. Padding behind a sequence's end, the mask token and <see cref="Special"/> tokens are never selected. Of a
/// sequence of n own places max(1, round(Ratio·n)) are selected, but no more than there are tokens to select.
/// </remarks>
/// <example><code>
/// [Model(128, Elements = Elements.Index), Lengths]
/// [Embedding(8000, 128, Share = "words"), PositionalEmbedding, TransformerEncoderLayer(4, 512, Activation = Activation.GELU)]
/// [Linear(128), GELU, LayerNorm, Linear(8000, Share = "words")]
/// public partial class Bert;
///
/// [Trainer&lt;Bert&gt;, MaskedLanguageModel(4, Special = [0, 2, 3]), AdamW(1e-4), BatchSize(32), Steps(100000)]
/// public partial class BertTrainer;                    // 0 padding, 2 [CLS], 3 [SEP], 4 [MASK]
/// </code></example>
public sealed class MaskedLanguageModelAttribute : SchemeAttribute
{
    /// <summary>Masked language modelling.</summary>
    /// <param name="mask">The index of the mask token, in 0, ..., V − 1.</param>
    public MaskedLanguageModelAttribute(int mask) => Mask = mask;

    /// <summary>The index of the mask token.</summary>
    [Interval("[0, inf)")]
    public int Mask { get; }

    /// <summary>Tokens that are never selected, beside the mask token: those that begin or separate sentences, and padding where
    /// the model has no lengths.</summary>
    [Interval("[0, inf)")]
    public int[] Special { get; set; } = [];

    /// <summary>The part of a sequence's places that is selected.</summary>
    [Interval("(0, 1)")]
    public double Ratio { get; set; } = 0.15;

    /// <summary>The part of the selected tokens that become the mask token.</summary>
    [Interval("[0, 1]")]
    public double Masked { get; set; } = 0.8;

    /// <summary>The part of the selected tokens that become a token drawn evenly from the vocabulary; the rest stays. Together
    /// with <see cref="Masked"/> at most 1.</summary>
    [Interval("[0, 1]")]
    public double Random { get; set; } = 0.1;

    /// <summary>L: the most tokens of a span that is selected together, and becomes mask tokens, random ones, or stays together.
    /// 1 selects token by token; SpanBERT takes 10.</summary>
    [Interval("[1, 1000]")]
    public int LongestSpan { get; set; } = 1;

    /// <summary>p: a span of ℓ tokens is as probable as p·(1 − p)^(ℓ − 1), of ℓ = 1, ..., L; with 0.2 and 10 it has
    /// 3.8 tokens in the mean. Only with <see cref="LongestSpan"/>.</summary>
    [Interval("(0, 1)")]
    public double SpanEnd { get; set; } = 0.2;
}
