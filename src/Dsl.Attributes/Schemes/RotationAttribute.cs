namespace Dsl;

/// <summary>
/// Prediction of rotations: representations without labels. Each image is seen turned by 0°, 90°, 180° and 270°, and a head
/// behind the network tells by how much: mean −log softmax(h(f(x_r)))[r] (Gidaris et al. 2018, arXiv 1803.07728, equations 2
/// and 3).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives four logits [N, 4]; habitually one linear layer.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. Images are square, [N, C, H, H]. All four rotations of a batch of N are one
/// pass of 4N, unturned ones first, which batch normalisation sees together; the authors found all four together better than a
/// random one. Turns are counterclockwise and exact, without interpolation. Where upright is nothing that an image shows, as in
/// microscopy or of a ball, there is nothing to learn; a random flip upside down among a source's augmentations takes the
/// answer away.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, Rotation&lt;Head&gt;]
/// [Sgd(0.1, Momentum = 0.9, WeightDecay = 5e-4), BatchSize(128), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class RotationAttribute<THead> : SchemeAttribute;
