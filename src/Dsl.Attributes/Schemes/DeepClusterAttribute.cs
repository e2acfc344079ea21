namespace Dsl;

/// <summary>
/// DeepCluster: representations without labels. Before an epoch the features of all samples are put into K clusters by k-means;
/// in it the network learns to tell the cluster of a sample from a view of it, by cross-entropy (Caron et al. 2018, arXiv
/// 1807.05520, equations 1 and 2).
/// </summary>
/// <typeparam name="TView">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: what the network is trained on;
/// clusters are those of the samples as they are.</typeparam>
/// <typeparam name="TClassifier">A class with <see cref="ModelAttribute">[Model]</see> from the model's features to one logit for
/// each cluster, [N, D] to [N, K]; habitually one linear layer.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model returns features [N, D]. They are whitened by their principal
/// components, at most 256, and divided by their length before k-means. With new clusters the classifier begins anew, since their
/// numbers mean something else, and so does what the optimizer keeps for it. A sample counts as much less as its cluster is
/// larger, S/(K·n), as if batches were drawn uniformly over clusters (section 3.2). A cluster that k-means empties starts again
/// beside the largest. Clusters are part of a checkpoint. A caller of <c>Step</c> gives them in the batch.
/// </remarks>
/// <example><code>
/// [Model(64), Linear(100)]
/// public partial class Clusters;
///
/// [Trainer&lt;Encoder&gt;, DeepCluster&lt;Crop, Clusters&gt;(100)]
/// [Sgd(0.05, Momentum = 0.9, WeightDecay = 1e-5), BatchSize(256), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class DeepClusterAttribute<TView, TClassifier> : SchemeAttribute
{
    /// <summary>A number of clusters.</summary>
    /// <param name="clusters">K; ten times the number of classes that are expected, and more, is habitual.</param>
    public DeepClusterAttribute(int clusters) => Clusters = clusters;

    /// <summary>K: clusters.</summary>
    [Interval("[2, inf)")]
    public int Clusters { get; }

    /// <summary>Epochs from one clustering to the next.</summary>
    [Interval("[1, inf)")]
    public int Every { get; set; } = 1;
}
