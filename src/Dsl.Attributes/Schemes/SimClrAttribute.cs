namespace Dsl;

/// <summary>
/// SimCLR: representations without labels. Of the 2N views of a batch each is to be told, by its direction, from all others but
/// the other view of the same sample: −log exp(u_i·u_j/τ)/Σ_{k≠i} exp(u_i·u_k/τ), u = z/‖z‖, the mean over all
/// 2N views (Chen et al. 2020, arXiv 2002.05709, equation 1 and algorithm 1).
/// </summary>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample; habitually the same policy.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]. Both views go through the network in one pass, so that batch normalisation takes its
/// statistics over both. The negatives are those of a batch: large batches are part of the method, and with <c>[Accumulate]</c>
/// each batch is told apart by itself. The authors' code returns the sum over the two halves, twice this mean.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, SimClr&lt;Crop, Crop&gt;(Temperature = 0.5), Projection&lt;Head&gt;]
/// [Adam(1e-3), BatchSize(256, DropLast = true), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class SimClrAttribute<TFirst, TSecond> : SchemeAttribute
{
    /// <summary>τ: what the cosines are divided by; 0.5 for small images, 0.1 for ImageNet.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.5;
}
