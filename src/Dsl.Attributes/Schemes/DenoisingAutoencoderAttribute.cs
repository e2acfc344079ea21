namespace Dsl;

/// <summary>
/// A denoising autoencoder: representations without labels. The network sees a corrupted sample x̃, and a decoder behind it
/// restores the clean one: mean (h(f(x̃)) − x)² over all numbers (Vincent et al. 2008, ICML, section 2.3).
/// </summary>
/// <typeparam name="TDecoder">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives what that takes.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(samples)</c>. Samples are real numbers of any shape, standardised or scaled to [0, 1]; a
/// masked number is 0, which should be an ordinary value and not an extreme one. The decoder ends without an activation where
/// numbers are standardised. Squared errors are the reconstruction of real numbers; the authors restore numbers of [0, 1] by
/// cross-entropy, too. <c>Reconstruct(input)</c> restores samples as they are given, in evaluation mode and without corruption
/// of its own. A network wider than its input learns to copy where nothing is corrupted.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, DenoisingAutoencoder&lt;Decoder&gt;(Masking = 0.25)]
/// [Adam(1e-3), BatchSize(128), Epochs(50)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class DenoisingAutoencoderAttribute<TDecoder> : SchemeAttribute
{
    /// <summary>The probability with which each number of a sample becomes 0; 0 for no masking.</summary>
    [Interval("[0, 1)")]
    public double Masking { get; set; } = 0.3;

    /// <summary>σ: the standard deviation of normal numbers that are added before, in units of the input (Vincent et al. 2010,
    /// JMLR 11, section 3.3); 0 for none. With it, <see cref="Masking"/> is habitually 0.</summary>
    [Interval("[0, inf)")]
    public double Deviation { get; set; }
}
