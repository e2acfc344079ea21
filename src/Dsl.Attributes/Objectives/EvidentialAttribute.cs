namespace Dsl;

/// <summary>
/// Evidential classification: the network's outputs e, at least 0, are the evidence for each class, and say by α = e + 1 a
/// Dirichlet distribution over class probabilities; minimised is the expected squared error Σ_k (y_k − p_k)² + p_k·(1 −
/// p_k)/(S + 1), p = α/S, S = Σ α, and what evidence for wrong classes
/// costs, λ·KL(Dir(α') ‖ Dir(1)), α' = y + (1 − y)·α (Sensoy, Kaplan and Kandemir 2018, arXiv 1806.01768,
/// equation 5 and section 4).
/// </summary>
/// <remarks>
/// <para>
/// The model ends with <c>[ReLU]</c>, as the paper's, or <c>[Softplus]</c>: a sample for which a rectifier gives no evidence at
/// all has no gradient, and is learned from no more. <c>Evaluate</c>'s accuracy is that of the largest evidence; its loss is the
/// cross-entropy of softmax(e), which is not what the network says: ask an <c>EvidentialNetwork</c> of it, whose softmax is p.
/// </para>
/// <para>
/// <c>DirichletPrediction</c> tells of its logits what the network does not know: <c>Vacuity</c> K/S is 1 without any evidence.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(784), Linear(256), ReLU, Linear(10), Softplus]
/// public partial class Evident;
///
/// [Trainer&lt;Evident&gt;, Evidential, Adam(1e-3), BatchSize(128), Epochs(50)]
/// public partial class EvidentTrainer;
/// </code></example>
public sealed class EvidentialAttribute : TermAttribute
{
    /// <summary>λ: what a nat of evidence for wrong classes costs, when it has grown.</summary>
    [Interval("[0, inf)")]
    public double DivergenceWeight { get; set; } = 1;

    /// <summary>Epochs in which λ grows evenly from 0, 10 in the paper, which raises it at the start of each; 0 for the whole
    /// from the first step on. <see cref="RampUpSteps"/> takes its place.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; } = 10;

    /// <summary>The same in steps; 0 to count epochs.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
