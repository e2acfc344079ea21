namespace Dsl;

/// <summary>A variational autoencoder of three levels of latent numbers, otherwise as
/// <see cref="HierarchicalVariationalAutoencoderAttribute{TEncoder2, TPrior1, TDecoder}"/> (arXiv 1401.4082; 1509.00519,
/// equations 1 and 2).</summary>
/// <typeparam name="TEncoder2">A class with <see cref="ModelAttribute">[Model]</see> from z₁ [N, Z₁] to means and log
/// variances of z₂, [N, 2Z₂].</typeparam>
/// <typeparam name="TEncoder3">One from z₂ [N, Z₂] to [N, 2Z₃].</typeparam>
/// <typeparam name="TPrior1">One from z₂ [N, Z₂] to means and log variances of z₁, [N, 2Z₁].</typeparam>
/// <typeparam name="TPrior2">One from z₃ [N, Z₃] to those of z₂, [N, 2Z₂].</typeparam>
/// <typeparam name="TDecoder">One from z₁ [N, Z₁] to what the trainer's model takes.</typeparam>
/// <remarks><c>Losses.Divergence1</c> and <c>Losses.Divergence2</c> are estimates at the draws, <c>Losses.Divergence3</c> is
/// KL(q(z₃|z₂) ‖ N(0, 1)) by its formula.</remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, ThreeLevelVariationalAutoencoder&lt;Second, Third, FirstPrior, SecondPrior, Decoder&gt;, Adam(1e-3)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class ThreeLevelVariationalAutoencoderAttribute<TEncoder2, TEncoder3, TPrior1, TPrior2, TDecoder>
    : VariationalAttribute;
