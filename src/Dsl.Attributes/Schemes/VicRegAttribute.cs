namespace Dsl;

/// <summary>
/// VICReg: representations without labels and without negatives, by three terms: the embeddings of two views are near each other,
/// mean (z − z′)²; each component varies over the batch, mean max(0, 1 − √(Var z_d + 10⁻⁴)), half of it for each
/// view; and different components do not vary together, Σ_{i≠j} Cov(z)²_ij/D for each view (Bardes et al. 2022, arXiv
/// 2105.04906, equations 1 to 6).
/// </summary>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample; habitually the same policy.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]; the method gains from a wide one. Variances and covariances divide by N − 1, so that
/// a batch has at least two samples. The variance term is the mean of the two views, as in the authors' code; the paper
/// adds them. Each view goes through the network by itself. With <c>[Accumulate]</c> the statistics are those of each
/// batch.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, VicReg&lt;Crop, Crop&gt;, Projection&lt;Head&gt;]
/// [Adam(1e-3), BatchSize(256, DropLast = true), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class VicRegAttribute<TFirst, TSecond> : SchemeAttribute
{
    /// <summary>λ: weight of the distance between the two views.</summary>
    [Interval("[0, inf)")]
    public double InvarianceWeight { get; set; } = 25;

    /// <summary>μ: weight of the variances.</summary>
    [Interval("[0, inf)")]
    public double VarianceWeight { get; set; } = 25;

    /// <summary>ν: weight of the covariances.</summary>
    [Interval("[0, inf)")]
    public double CovarianceWeight { get; set; } = 1;
}
