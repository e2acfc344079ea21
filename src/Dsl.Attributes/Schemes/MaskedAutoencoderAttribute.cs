namespace Dsl;

/// <summary>
/// A masked autoencoder: representations without labels. A sample is a sequence of L tokens, or an image cut into L patches.
/// The network sees K = ⌊L·(1 − Ratio)⌋ of them, drawn evenly, a decoder behind it restores all, and the loss is the mean
/// squared error of those that were masked (He et al. 2021, arXiv 2111.06377, section 3).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes [N, L, D + 1], what the
/// trainer's model returns at each place and a last number, and gives the tokens back, [N, L, P].</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(samples)</c>. The model takes visible tokens with their places, [N, K, P + L]: P numbers
/// of the token, then L of which that of its place is 1 and the others are 0. A first <c>[Linear(D)]</c> is then the paper's
/// patch embedding with learned positions; transformer layers and a normalisation follow, and it returns [N, K, D]. Nothing in
/// it may depend on K: the same layers declared on <c>[Model(L, P + L)]</c> take its state dictionary, and
/// <c>TokenMasking.WithPlaces(tokens)</c> gives them all tokens, for features afterwards. To the decoder a visible place is what
/// the model returned and 0, a masked one zeros and 1, so that the last column of its first <c>[Linear]</c>, with the bias, is
/// the learned mask token; positions are its own, by <c>[PositionalEmbedding]</c> or <c>[SinusoidalEncoding]</c>. What the
/// decoder gives at visible places is not in the loss.
/// </remarks>
/// <example><code>
/// [Model(16, 112), Linear(128), TransformerEncoderLayer(4, 512, NormFirst = true), LayerNorm]
/// public partial class Visible;                       // 16 of 64 patches of 4 x 4 x 3
///
/// [Model(64, 129), Linear(64), PositionalEmbedding, TransformerEncoderLayer(4, 256, NormFirst = true), LayerNorm, Linear(48)]
/// public partial class Decoder;
///
/// [Trainer&lt;Visible&gt;, MaskedAutoencoder&lt;Decoder&gt;(Patch = 4, NormalizeTargets = true)]
/// [AdamW(1.5e-4, Beta2 = 0.95), BatchSize(256), Epochs(800)]
/// public partial class VisibleTrainer;                // images [N, 3, 32, 32]
/// </code></example>
public sealed class MaskedAutoencoderAttribute<TDecoder> : SchemeAttribute
{
    /// <summary>The part of a sample's tokens that is masked. At least one stays, and at least one is masked.</summary>
    [Interval("(0, 1)")]
    public double Ratio { get; set; } = 0.75;

    /// <summary>p: samples are square images [N, C, H, H], cut row by row into patches of p x p, each a token of P = C·p²
    /// numbers, channel by channel; 0 where samples are tokens already, [N, L, P].</summary>
    [Interval("[0, inf)")]
    public int Patch { get; set; }

    /// <summary>Whether what is restored of each token is standardised by its own mean and deviation, over P − 1 and with
    /// 10⁻⁶ added to the variance; the authors' better features (table 1d).</summary>
    public bool NormalizeTargets { get; set; }
}
