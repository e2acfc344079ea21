namespace Dsl;

/// <summary>
/// An autoencoder: the trainer's model f makes a code of a sample, and a decoder h behind it gives the sample back (Rumelhart,
/// Hinton and Williams 1986; Hinton and Salakhutdinov 2006, Science 313).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives what that takes.</typeparam>
/// <remarks>
/// <para>
/// No objective and no labels: <c>Fit(samples)</c>. Samples are real numbers of any shape [N, ...]. By
/// <see cref="Dsl.Likelihood.Gaussian"/> the mean of (h(f(x)) − x)² over all numbers is minimised; the decoder ends without an
/// activation where numbers are standardised. By <see cref="Dsl.Likelihood.Bernoulli"/> it is the mean cross-entropy of logits
/// h(f(x)), and a number outside of [0, 1] is a <c>DataMismatchException</c>.
/// </para>
/// <para>
/// <c>Reconstruct(input)</c> gives samples back, of logits their probabilities; <c>Interpolate(first, last, count)</c> decodes
/// codes on the way from one sample to another. Both are in evaluation mode. A code as wide as the sample learns to copy; codes
/// have no distribution that could be drawn from, for which there is
/// <see cref="VariationalAutoencoderAttribute{TDecoder}"/>.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, Autoencoder&lt;Decoder&gt;, Adam(1e-3), BatchSize(128), Epochs(50)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class AutoencoderAttribute<TDecoder> : SchemeAttribute
{
    /// <summary>What is compared: squared errors of numbers, or cross-entropies of logits.</summary>
    public Likelihood Likelihood { get; set; } = Likelihood.Gaussian;

    /// <summary>λ: the weight of <c>Losses.Sparsity</c>, the mean over the batch of Σ|f(x)_j|, which makes most numbers of a
    /// code 0 or small: a sparse autoencoder (Goodfellow, Bengio and Courville 2016, Deep Learning, section 14.2.1). 0 for
    /// none. A decoder that scales up what the encoder scales down escapes it: give it weight decay.</summary>
    [Interval("[0, inf)")]
    public double Sparsity { get; set; }
}
