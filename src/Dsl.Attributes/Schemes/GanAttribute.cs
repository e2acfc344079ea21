namespace Dsl;

/// <summary>
/// A generative adversarial network: the trainer's model G makes samples of noise, and a second network D learns to tell them
/// from the data, which G learns to prevent (Goodfellow et al. 2014, arXiv 1406.2661, algorithm 1).
/// </summary>
/// <typeparam name="TDiscriminator">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model
/// returns and gives one logit [N, 1], large for data.</typeparam>
/// <remarks>
/// <para>
/// A step updates D on a batch of data and as many samples, then G on new samples against the D that was just updated. The
/// samples are constants for D, without anything saved for a derivative of G; for G's update D's input has a gradient and its
/// parameters have none. Noise is drawn from the standard normal distribution in the shape of G's input.
/// </para>
/// <para>
/// Both networks are in training mode in every pass: batch normalisation takes the statistics of the batch at hand, data and
/// samples apart, and each pass moves the running statistics of the network that it goes through.
/// </para>
/// <para>
/// The trainer minimises nothing else: no objective, mixing or other scheme stands beside it, and each network has an optimizer
/// of its own. <c>Sample(count, seed)</c> gives samples in evaluation mode, of the average where there is <c>[WeightAverage]</c>,
/// and <c>Walk(ways, places, seed)</c> samples on the way from one noise to another.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Painter&gt;, Gan&lt;Critic&gt;]
/// [Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator"), BatchSize(128), Epochs(25)]
/// public partial class PainterTrainer;
/// </code></example>
public sealed class GanAttribute<TDiscriminator> : AdversarialAttribute
{
    /// <summary>What the two minimise.</summary>
    public GanLoss Loss { get; set; }

    /// <summary>γ: weight of ½ mean ‖∇D(x)‖₂² at the data, the squared slope that D has there (Mescheder, Geiger
    /// and Nowozin 2018, arXiv 1801.04406, equation 9; 10 there). Its gradient is a second derivative: with it D's descent
    /// goes through autograd (DSL481), and D has no batch normalisation. 0 for no penalty.</summary>
    [Interval("[0, inf)")]
    public double R1 { get; set; }
}
