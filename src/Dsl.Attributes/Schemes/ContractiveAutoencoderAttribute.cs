namespace Dsl;

/// <summary>
/// An autoencoder whose code changes little where a sample does: beside the reconstruction it minimises λ·mean
/// ‖∂f(x)/∂x‖²_F, the squares of all derivatives of the code by the sample (Rifai et al. 2011, Contractive
/// Auto-Encoders, ICML, equation 7).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives what that takes.</typeparam>
/// <remarks>
/// <para>
/// As <see cref="AutoencoderAttribute{TDecoder}"/>; the model returns [N, D]. The derivatives are exact, for any network: a
/// gradient for each of the D numbers of a code, each of which is differentiated again, so that a step costs D more passes
/// back, and the descent goes through autograd in both targets. The sum is over a sample's numbers and the code's, the mean
/// over the batch, while <c>Losses.Reconstruction</c> is a mean over numbers.
/// </para>
/// <para>
/// Batch normalisation makes a code depend on other samples, and is refused. An encoder that scales down with a decoder that
/// scales up escapes the penalty: the authors tie their weights; give the decoder weight decay.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, ContractiveAutoencoder&lt;Decoder&gt;(Contraction = 0.01), Adam(1e-3), BatchSize(128), Epochs(50)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class ContractiveAutoencoderAttribute<TDecoder> : SchemeAttribute
{
    /// <summary>λ, the weight of the contraction.</summary>
    [Interval("(0, inf)")]
    public double Contraction { get; set; } = 0.1;

    /// <summary>What is compared: squared errors of numbers, or cross-entropies of logits.</summary>
    public Likelihood Likelihood { get; set; } = Likelihood.Gaussian;
}
