namespace Dsl;

/// <summary>
/// Self-distillation without labels: the network is trained to give for one view of a sample the classes that its moving average
/// gives for the other. The average's outputs are centred by their running mean and sharpened, which keeps them from becoming
/// all one class, or all classes alike: mean ½·H(p̄₁, p₂) + ½·H(p̄₂, p₁), p = softmax(z/τ), p̄ = softmax((z̄
/// − c)/τ̄) (Caron et al. 2021, arXiv 2104.14294, equations 1 to 4 and algorithm 1).
/// </summary>
/// <typeparam name="TFirst">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: one view.</typeparam>
/// <typeparam name="TSecond">The other view of the same sample.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns
/// K numbers for each sample, [N, K], of which no one says what they mean: many, the authors take 65,536; their head is a
/// perceptron of three layers that ends in <see cref="L2NormalizeAttribute">[L2Normalize]</see> and a linear layer without bias.
/// The average starts as a copy and runs in training mode without a gradient; its decay grows from <see cref="Ema"/> to 1 by the
/// cosine of <see cref="ByolAttribute{TFirst, TSecond, TPredictor}"/>. The centre starts at 0 and moves after each update, so
/// that a step is computed with the centre of those before it; it is a part of checkpoints. Two views of the whole sample are
/// compared; the authors' small crops beside them, and their warm-up of the average's temperature, are not made.
/// <c>Losses.Spread</c> tells of a collapse.
/// </remarks>
/// <example><code>
/// [Model(64), Linear(128), GELU, Linear(32), L2Normalize, Linear(256, Bias = false)]
/// public partial class Classes;
///
/// [Trainer&lt;Encoder&gt;, Dino&lt;Crop, Crop&gt;(Ema = 0.99), Projection&lt;Classes&gt;]
/// [AdamW(5e-4, WeightDecay = 0.04), BatchSize(256), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class DinoAttribute<TFirst, TSecond> : SchemeAttribute
{
    /// <summary>τ: temperature of the trained network.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.1;

    /// <summary>τ̄: temperature of the average, habitually lower, which sharpens what it says.</summary>
    [Interval("(0, inf)")]
    public double TeacherTemperature { get; set; } = 0.04;

    /// <summary>Decay of the centre of the average's outputs.</summary>
    [Interval("[0, 1)")]
    public double CenterDecay { get; set; } = 0.9;

    /// <summary>Decay of the moving average at the start of the run.</summary>
    [Interval("[0, 1)")]
    public double Ema { get; set; } = 0.996;
}
