namespace Dsl;

/// <summary>
/// A variational autoencoder of sequences: the trainer's model gives a normal distribution of latent numbers z for a whole
/// sequence of tokens, a decoder g tells each token of z and of the tokens before it, and the evidence lower bound grows (Bowman
/// et al. 2016, arXiv 1511.06349, section 3).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes z [N, Z] and, by the further input
/// <see cref="Words"/>, tokens [N, T] int64, and gives logits [N, T, V] of the token at each place. It does not see later
/// places.</typeparam>
/// <remarks>
/// <para>
/// The model takes tokens x [N, T] int64 and returns [N, 2Z]: means μ, then log variances s, which are clamped to [−30, 20]. A
/// step minimises <c>Losses.Reconstruction</c> + β·<c>Losses.Divergence</c>, in nats: −Σ log p(x_t|z, x̃) at
/// z = μ + e^(s/2)·ε, ε a draw, the sum over a sequence's places and the mean over the batch, and KL(q(z|x) ‖ N(0, 1)).
/// </para>
/// <para>
/// x̃, what the decoder reads, is <see cref="Start"/> and then the tokens before each place, of which
/// <see cref="WordDropout"/> are replaced by <see cref="Unknown"/>. With <see cref="RampUpSteps"/> or <see cref="RampUpEpochs"/>
/// the weight of the divergence grows evenly from 0. Without either, a decoder that remembers well does without z: the divergence
/// falls to 0 (section 3.1).
/// </para>
/// <para>
/// All in evaluation mode: <c>Encode(input)</c> gives μ, <c>Decode(codes)</c> the likeliest tokens one after another,
/// <c>Sample(count, seed)</c> draws z of N(0, 1) and then token by token. <c>EvaluateBound(data, samples, seed)</c> gives the
/// ELBO and the importance-weighted bound in nats a sequence.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(20, Elements = Elements.Index), Embedding(1000, 64), Gru(128, States = States.Last), Linear(32)]
/// public partial class Reader;
///
/// [Model(16), Input("words", 20, Elements = Elements.Index), Linear(64), Tag("told")]
/// [From("words"), Embedding(1002, 64), Permute(2, 1), ChannelBias("told"), Permute(2, 1), Gru(128), Linear(1000)]
/// public partial class Writer;
///
/// [Trainer&lt;Reader&gt;, Adam(1e-3), BatchSize(32), Steps(20000)]
/// [SequenceVariationalAutoencoder&lt;Writer&gt;(1000, WordDropout = 0.3, Unknown = 1001, End = 0, RampUpSteps = 10000)]
/// public partial class ReaderTrainer;
/// </code></example>
public sealed class SequenceVariationalAutoencoderAttribute<TDecoder> : SchemeAttribute
{
    /// <summary>Sequences that begin behind a token.</summary>
    /// <param name="start">The token that the decoder reads at the first place; it is in its embedding, and habitually no token
    /// of the sequences.</param>
    public SequenceVariationalAutoencoderAttribute(int start) => Start = start;

    /// <summary>The token that the decoder reads at the first place.</summary>
    [Interval("[0, inf)")]
    public int Start { get; }

    /// <summary>The input of the decoder that tokens go into: <c>Input("words", T, Elements = Elements.Index)</c>.</summary>
    public string Words { get; set; } = "words";

    /// <summary>β, the weight of the divergence: 1 for the ELBO.</summary>
    [Interval("[0, inf)")]
    public double Beta { get; set; } = 1;

    /// <summary>The share of tokens before a place that the decoder does not see in training, 1 − k of the paper's keep rate k
    /// (section 3.2).</summary>
    [Interval("[0, 1)")]
    public double WordDropout { get; set; }

    /// <summary>The token that stands for one that is not seen, in the decoder's embedding; −1 for none, without
    /// <see cref="WordDropout"/>.</summary>
    [Interval("[-1, inf)")]
    public int Unknown { get; set; } = -1;

    /// <summary>The token that ends a sequence: it is told like any other, what stands behind the first one counts nothing, and
    /// a sample has only more of it. −1 where each sequence has T tokens.</summary>
    [Interval("[-1, inf)")]
    public int End { get; set; } = -1;

    /// <summary>Epochs in which the divergence's weight grows evenly from 0 to β; 0 for β from the first step on.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>The same in steps.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
