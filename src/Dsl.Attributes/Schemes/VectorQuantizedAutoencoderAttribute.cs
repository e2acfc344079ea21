namespace Dsl;

/// <summary>
/// A vector-quantised variational autoencoder: the trainer's model f makes vectors of a sample, each is replaced by the nearest
/// of K codes, and a decoder h makes the sample of these (van den Oord, Vinyals and Kavukcuoglu 2017, arXiv 1711.00937, equation
/// 3, with the codes as moving averages, appendix A.1).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives what that takes; logits for <see cref="Dsl.Likelihood.Bernoulli"/>.</typeparam>
/// <remarks>
/// <para>
/// The model takes real numbers [N, ...] and returns [N, D], one code for a sample, or [N, D, H, W], one for each place. A step
/// minimises <c>Losses.Reconstruction</c> + β·<c>Losses.Commitment</c>: the mean over all numbers of (h(e) − x)² or of
/// cross-entropies, and the mean of (z − sg e)², e the code nearest to the vector z. The decoder's gradient passes from e to z
/// as it is (the straight-through estimator). Codes have no gradient: after an update each is the average, with decay γ, of the
/// vectors that were nearest to it.
/// </para>
/// <para>
/// Codes start as directions of the trainer's seed. One that is chosen less often than <see cref="Restart"/> of the mean begins
/// again as a vector of the batch that is far from its code: otherwise codes that nothing is near are never used.
/// <c>Losses.Perplexity</c> tells how many are in use. Codes and their counts are part of a checkpoint.
/// </para>
/// <para>
/// All in evaluation mode: <c>Encode(input)</c> gives the codes' places, int64 [N] or [N, H, W], of which another model can learn
/// the distribution; <c>Decode(codes)</c> makes samples of places, <c>Reconstruct(input)</c> both. There is no
/// <c>Sample</c>: what places go together is that other model's to know.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, VectorQuantizedAutoencoder&lt;Decoder&gt;(128), Adam(1e-3), BatchSize(64), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class VectorQuantizedAutoencoderAttribute<TDecoder> : SchemeAttribute
{
    /// <summary>A number of codes.</summary>
    /// <param name="codes">K; habitually 512.</param>
    public VectorQuantizedAutoencoderAttribute(int codes) => Codes = codes;

    /// <summary>K: codes.</summary>
    [Interval("[2, inf)")]
    public int Codes { get; }

    /// <summary>β, the weight of the commitment, which keeps vectors near their codes.</summary>
    [Interval("[0, inf)")]
    public double Commitment { get; set; } = 0.25;

    /// <summary>γ, the share of the past in the codes' averages.</summary>
    [Interval("[0, 1)")]
    public double Decay { get; set; } = 0.99;

    /// <summary>The share of the mean count below which a code begins again; 0 for never.</summary>
    [Interval("[0, 1)")]
    public double Restart { get; set; } = 0.05;

    /// <summary>What is compared: squared errors of numbers, or cross-entropies of logits.</summary>
    public Likelihood Likelihood { get; set; } = Likelihood.Gaussian;
}
