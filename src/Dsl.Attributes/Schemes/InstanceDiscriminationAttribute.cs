namespace Dsl;

/// <summary>
/// Instance discrimination: representations without labels. Each sample is a class of its own, whose weight vector is a memory of
/// the sample's direction: P(i|v) = exp(v·m_i/τ)/Z, v = z/‖z‖, learnt by noise-contrastive estimation against negatives
/// that are drawn from the memory (Wu et al. 2018, arXiv 1805.01978, equations 2 to 7).
/// </summary>
/// <typeparam name="TView">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: the view that the network
/// sees.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// a vector for each sample, [N, D]; D is habitually 128. The memory has a row [D] for each sample of the data, in their order;
/// it starts as random directions, and after an update m_i becomes the direction of m·m_i + (1 − m)·v. It is part of a
/// checkpoint, and belongs to the data: to go on with another number of samples is an error.
/// Negatives take N·<see cref="Negatives"/>·D numbers of memory in a step: 256 samples, 4096 negatives and D = 128 are half a
/// GiB.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, InstanceDiscrimination&lt;Crop&gt;, Projection&lt;Head&gt;]
/// [Sgd(0.03, Momentum = 0.9, WeightDecay = 1e-4), Cosine, BatchSize(256), Epochs(200)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class InstanceDiscriminationAttribute<TView> : SchemeAttribute
{
    /// <summary>τ: what the cosines are divided by.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.07;

    /// <summary>m: the share of the old direction in a sample's memory.</summary>
    [Interval("[0, 1)")]
    public double Momentum { get; set; } = 0.5;

    /// <summary>How many negatives are drawn for each sample, evenly from all samples; 0 for the softmax over the whole memory,
    /// for data of which a batch times the number of samples is small.</summary>
    [Interval("[0, inf)")]
    public int Negatives { get; set; } = 4096;
}
