namespace Dsl;

/// <summary>
/// SwAV: representations without labels. Samples are shared out among K prototypes c, evenly over a batch, and from one view of a
/// sample is to be told which prototypes the other view was given: −Σ q_k·log softmax(u·c/τ)_k, u = z/‖z‖, q the code
/// of the other view, the mean over all 2N views (Caron et al. 2020, arXiv 2006.09882, equations 1 to 4).
/// </summary>
/// <remarks>
/// <para>
/// Codes are what Sinkhorn and Knopp's iterations make of exp(u·c/ε): prototypes with equal shares of the batch, samples with
/// a distribution each. They are constants. Prototypes [K, D] are parameters of the trainer, <c>Prototypes</c>, of length 1 again
/// after each update and without weight decay; they start as random directions of its seed and are part of checkpoints.
/// </para>
/// <para>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]. Both views go through the network in one pass. A batch much smaller than K cannot be shared
/// out evenly: the authors then keep earlier samples in a queue, which is not here, and neither are further views of lower
/// resolution. They also hold the prototypes still in the first epoch.
/// </para>
/// </remarks>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample; habitually the same policy.</typeparam>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, Swav&lt;Crop, Crop&gt;(64), Projection&lt;Head&gt;]
/// [Adam(1e-3), BatchSize(256, DropLast = true), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class SwavAttribute<TFirst, TSecond> : SchemeAttribute
{
    /// <summary>Tells prototypes of other views.</summary>
    /// <param name="prototypes">K: how many there are, some times the classes that are supposed; 3000 for ImageNet.</param>
    public SwavAttribute(int prototypes) => Prototypes = prototypes;

    /// <summary>K: how many prototypes there are.</summary>
    [Interval("[2, inf)")]
    public int Prototypes { get; }

    /// <summary>τ: what the cosines are divided by in predictions.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.1;

    /// <summary>ε: what they are divided by in codes. A large one gives every sample the same code, and the network one
    /// point.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 0.05;

    /// <summary>How often prototypes and samples are evened out.</summary>
    [Interval("[1, 100]")]
    public int Iterations { get; set; } = 3;
}
