namespace Dsl;

/// <summary>
/// MetaCleaner: a network g compares the features f of K samples that are labelled alike and says how much each counts, α =
/// softmax(g(f_1, ..., f_K)); what is classified is the clean feature that they make together, ν = Σ α_i·f_i (Zhang, Wang and
/// Qiao 2019, CVPR, "MetaCleaner: Learning to Hallucinate Clean Representations for Noisy-Labeled Visual Recognition").
/// </summary>
/// <remarks>
/// <para>
/// It takes the place of one plain <c>[CrossEntropy]</c>: what is minimised is the mean of −log softmax(W·ν + b)[y] over sets
/// of K samples. Between the tagged features [N, D] and the output stands one linear layer: since the weights of a set sum to 1,
/// its logits of ν are the same mean of the samples' logits, and nothing is computed twice. g is trained together with the
/// network, by the same optimizer, and belongs to the trainer alone: what is evaluated and used is the network as it is.
/// </para>
/// <para>
/// A batch has K samples of a class side by side, or a multiple: <c>[SamplesPerClass]</c> says so. Who calls <c>Step</c> gives
/// batches of sets himself; a set with different labels is a <c>DataMismatchException</c>, and one with a sample that has none
/// counts nothing. On a GPU only the first batch of a trainer is looked at, since the look waits for the device.
/// </para>
/// <para>
/// No clean samples are needed, but most labels of every class must be right: what g finds is what the samples of a set have in
/// common. <c>Losses.CountedSamples</c> is the mean of 1/Σ α² over the sets of a batch: K where all count alike.
/// </para>
/// </remarks>
/// <typeparam name="TWeighting">g: a class with <see cref="ModelAttribute">[Model]</see> that takes the features of a set side
/// by side, [N, K·D], and gives a number for each of its samples, [N, K].</typeparam>
/// <example><code>
/// [Model(64), Linear(32), ReLU, Tag("features"), Linear(10)]
/// public partial class Net;
///
/// [Model(160), Linear(32), ReLU, Linear(5)]
/// public partial class Weighting;
///
/// [Trainer&lt;Net&gt;, CrossEntropy, MetaCleaner&lt;Weighting&gt;("features"), Adam(1e-3)]
/// [BatchSize(50), SamplesPerClass(5), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class MetaCleanerAttribute<TWeighting> : SchemeAttribute
    where TWeighting : class
{
    /// <summary>Classifies what sets of samples make together.</summary>
    /// <param name="of">The tag of the features, in front of the last layer.</param>
    public MetaCleanerAttribute(string of) => Of = of;

    /// <summary>The tag of the features, in front of the last layer.</summary>
    public string Of { get; }

    /// <summary>K: samples of a set.</summary>
    [Interval("[2, inf)")]
    public int Subset { get; set; } = 5;
}
