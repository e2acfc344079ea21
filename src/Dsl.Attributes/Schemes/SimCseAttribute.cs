namespace Dsl;

/// <summary>
/// SimCSE without labels: representations of sentences, or of whatever has no augmentation. A batch goes through the network
/// twice, with other dropout masks, and each sample is to be told from the others of the batch by what the second pass makes of
/// it: −log exp(cos(z_i, z'_i)/τ)/Σ_j exp(cos(z_i, z'_j)/τ), the mean over the batch (Gao et al. 2021, arXiv 2104.08821,
/// equation 4).
/// </summary>
/// <remarks>
/// No objective and no labels: <c>Fit(data)</c>. The model takes real numbers or tokens, returns a vector for each sample, [N,
/// D], or has a <see cref="ProjectionAttribute{THead}"/> that does, and has dropout with a probability above 0: without it both
/// passes are the same. Both are made at once, on a batch of 2N.
/// </remarks>
/// <example><code>
/// [Model(32, Elements = Elements.Index)]
/// [Embedding(8000, 128), PositionalEmbedding, TransformerEncoderLayer(4, 512, Dropout = 0.1), Place(0)]
/// public partial class Sentences;
///
/// [Trainer&lt;Sentences&gt;, SimCse(Temperature = 0.05), Adam(3e-5), BatchSize(64), Epochs(1)]
/// public partial class SentencesTrainer;
/// </code></example>
public sealed class SimCseAttribute : SchemeAttribute
{
    /// <summary>τ: what the cosines are divided by.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.05;
}
