namespace Dsl;

/// <summary>
/// A variational autoencoder: the trainer's model gives a normal distribution of latent numbers z for each sample, a decoder g
/// tells the sample of a z that is drawn of it, and the evidence lower bound grows (Kingma and Welling 2014, arXiv 1312.6114,
/// equation 10); with β the β-VAE (Higgins et al. 2017, ICLR).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes [N, Z] and gives what the
/// trainer's model takes: logits for <see cref="Dsl.Likelihood.Bernoulli"/>, means for
/// <see cref="Dsl.Likelihood.Gaussian"/>.</typeparam>
/// <remarks>
/// <para>
/// The model takes samples of real numbers [N, ...] and returns [N, 2Z]: means μ, then log variances s. A step minimises
/// <c>Losses.Reconstruction</c> + β·<c>Losses.Divergence</c>, in nats, each the sum over a sample's numbers and the mean over
/// the batch: −log p(x|z) at z = μ + e^(s/2)·ε, ε a draw, and KL(q(z|x) ‖ N(0, 1)) = ½·Σ (μ² + e^s − s − 1). s
/// is clamped to [−30, 20], beyond which it has no gradient. Their unweighted sum is −ELBO, an upper bound on −log p(x).
/// </para>
/// <para>
/// By <see cref="Dsl.Likelihood.Bernoulli"/> a sample with a number outside of [0, 1] is a <c>DataMismatchException</c>. On a
/// GPU only the first batch of a trainer is looked at, since the look waits for the device.
/// </para>
/// <para>
/// All in evaluation mode: <c>Encode(input)</c> gives μ, <c>Reconstruct(input)</c> decodes
/// it, <c>Sample(count, seed)</c> decodes draws of N(0, 1), <c>Interpolate(first, last, count)</c> what lies between
/// two samples' μ; each returns the decoder's distribution's mean, of logits probabilities. <c>EvaluateBound(data,
/// samples, seed)</c> gives the ELBO and the importance-weighted bound in nats a sample.
/// </para>
/// <para>
/// With <see cref="Label"/> both networks are given the label of each sample, and z is N(0, 1) whatever the label (Kingma et al.
/// 2014, arXiv 1406.5298, section 2.2; Sohn, Lee and Yan 2015, section 4.1): <c>Fit</c> and <c>EvaluateBound</c> then read
/// labels, of which none may be left out, the methods above take them behind the samples, and <c>Sample(labels, seed)</c> makes
/// a sample for each. The bound is on log p(x|y).
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, VariationalAutoencoder&lt;Decoder&gt;(Beta = 4), Adam(1e-3), BatchSize(64), Epochs(150)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class VariationalAutoencoderAttribute<TDecoder> : VariationalAttribute
{
    /// <summary>The input of both networks that labels go into, integers [N] in 0, ..., K − 1:
    /// <c>Input("digit", Elements = Elements.Index)</c>. Empty where samples have no condition.</summary>
    public string Label { get; set; } = "";

    /// <summary>K: classes of the labels; 0 without labels.</summary>
    [Interval("[0, inf)")]
    public int Classes { get; set; }

    /// <summary>C, how much z shall say of a sample, in nats: with it β·|KL − C| is minimised in the place of β·KL, KL
    /// the mean of the divergence over the batch (Burgess et al. 2018, arXiv 1804.03599, equation 8, with γ for β,
    /// habitually 1000 and C growing to 25), and it is C that grows by <see cref="VariationalAttribute.RampUpEpochs"/>. 0, the
    /// default, for none.</summary>
    [Interval("[0, inf)")]
    public double Capacity { get; set; }
}
