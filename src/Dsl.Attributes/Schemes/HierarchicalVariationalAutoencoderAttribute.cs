namespace Dsl;

/// <summary>
/// A variational autoencoder of two levels of latent numbers: the model tells z₁ of a sample, a second encoder z₂ of z₁; a
/// prior tells z₁ of z₂, and a decoder the sample of z₁ (Rezende, Mohamed and Wierstra 2014, arXiv 1401.4082; Burda,
/// Grosse and Salakhutdinov 2016, arXiv 1509.00519, equations 1 and 2).
/// </summary>
/// <typeparam name="TEncoder2">A class with <see cref="ModelAttribute">[Model]</see> from z₁ [N, Z₁] to means and log
/// variances of z₂, [N, 2Z₂].</typeparam>
/// <typeparam name="TPrior1">One from z₂ [N, Z₂] to means and log variances of z₁, [N, 2Z₁].</typeparam>
/// <typeparam name="TDecoder">One from z₁ [N, Z₁] to what the trainer's model takes: logits for
/// <see cref="Dsl.Likelihood.Bernoulli"/>, means for <see cref="Dsl.Likelihood.Gaussian"/>.</typeparam>
/// <remarks>
/// <para>
/// The model takes samples of real numbers [N, ...] and returns [N, 2Z₁]. A step
/// draws z₁ of q(z₁|x) and z₂ of q(z₂|z₁) and minimises <c>Losses.Reconstruction</c> + β·(<c>Losses.Divergence1</c>
/// + <c>Losses.Divergence2</c>), in nats, each the sum over a sample's numbers and the mean over the batch: −log p(x|z₁),
/// log q(z₁|x) − log p(z₁|z₂) at the draws, and KL(q(z₂|z₁) ‖ N(0, 1)) by its formula. The first divergence is an
/// estimate that may be below 0: z₂ depends on z₁, so that it has no formula. Log variances are clamped to [−30, 20].
/// Their unweighted sum is −ELBO.
/// </para>
/// <para>
/// All in evaluation mode: <c>Encode(input)</c> gives the means of z₁, <c>Reconstruct(input)</c> decodes them,
/// <c>Sample(count, seed)</c> draws z₂ of N(0, 1), z₁ of the prior, and decodes. <c>EvaluateBound(data,
/// samples, seed)</c> gives the ELBO with the divergence of each level and the importance-weighted bound, in nats a sample.
/// Three levels are <see cref="ThreeLevelVariationalAutoencoderAttribute{TEncoder2, TEncoder3, TPrior1, TPrior2, TDecoder}"/>.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, HierarchicalVariationalAutoencoder&lt;Upper, Prior, Decoder&gt;(RampUpEpochs = 20), Adam(1e-3)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class HierarchicalVariationalAutoencoderAttribute<TEncoder2, TPrior1, TDecoder> : VariationalAttribute;
