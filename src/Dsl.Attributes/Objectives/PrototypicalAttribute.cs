namespace Dsl;

/// <summary>
/// Prototypical networks: each class of a batch is the mean of the embeddings of its first <see cref="Shots"/> samples, and the
/// others are classified by the softmax of their negative squared Euclidean distances from these means: −log
/// softmax(−‖f − c_k‖²)[y], the mean over them (Snell, Swersky and Zemel 2017, arXiv 1703.05175, equations 1 and 2).
/// </summary>
/// <remarks>
/// <para>
/// A batch is an episode: <c>[SamplesPerClass(K + Q)]</c> gives K support and Q query samples of each class, and
/// <c>[BatchSize(W·(K + Q))]</c> W classes. The paper trains with more classes than it tests with, 20 to 60.
/// </para>
/// <para>
/// Vectors are as they are, and <see cref="MetricObjectiveAttribute.Normalize"/> is habitually off: with the cosine the paper's
/// networks are far worse. A class that training never saw is told by <c>PrototypeClassifier</c> from a few of its samples,
/// and <c>FewShot.Evaluate</c> says how well, over many episodes.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Embedder&gt;, Prototypical(Shots = 5), Adam(1e-3), BatchSize(400), SamplesPerClass(20), Steps(1000)]
/// public partial class EmbedderTrainer;
/// </code></example>
public sealed class PrototypicalAttribute : MetricObjectiveAttribute
{
    /// <summary>Vectors as they are.</summary>
    public PrototypicalAttribute() => Normalize = false;

    /// <summary>K: samples of each class that its prototype is the mean of; as many as tests will have.</summary>
    [Interval("[1, inf)")]
    public int Shots { get; set; } = 5;
}
