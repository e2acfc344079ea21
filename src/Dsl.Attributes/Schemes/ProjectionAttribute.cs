namespace Dsl;

/// <summary>
/// A projection head: what a scheme of embeddings compares is what this network makes of the model's output. It is trained with
/// the model, by the same optimizer, and belongs to the trainer alone: what the model returns, before the head, is the better
/// representation (Chen et al. 2020, arXiv 2002.05709, section 4.2).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns and
/// gives a vector for each sample, [N, D].</typeparam>
/// <remarks>Where the scheme keeps a moving average of the model, it keeps one of the head, too.</remarks>
/// <example><code>
/// [Model(64), Linear(64), BatchNorm1d, ReLU, Linear(32)]
/// public partial class Head;
///
/// [Trainer&lt;Encoder&gt;, SimClr&lt;Crop, Crop&gt;, Projection&lt;Head&gt;]
/// [Adam(1e-3), BatchSize(256), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class ProjectionAttribute<THead> : SchemeAttribute;
