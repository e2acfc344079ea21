namespace Dsl;

/// <summary>
/// Co-teaching: two networks learn side by side, each of the samples of a batch that the other finds easiest, since a network
/// learns right labels before wrong ones, and two of them are wrong in different ways (Han et al. 2018, arXiv 1804.06872,
/// algorithm 1). Of N samples with a label the ⌊(1 − τ(t))·N⌋ with the least cross-entropy are kept, one at least.
/// </summary>
/// <remarks>
/// <para>
/// It takes the place of one plain <c>[CrossEntropy]</c>, which is then the mean over the samples that the peer kept;
/// <c>Losses.Peer</c> is the peer's over those that the network kept. Both are updated at once by the same optimizer's rule, with
/// moments of their own, and one norm of all gradients where these are clipped. <c>Evaluate</c> is about the network; the peer
/// is as good.
/// </para>
/// <para>
/// Give both networks other initial weights: of two alike neither tells the other anything.
/// </para>
/// </remarks>
/// <typeparam name="TPeer">The second network: a class with <see cref="ModelAttribute">[Model]</see> that takes what the trained
/// one does and returns logits of as many classes; it may be the same class.</typeparam>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, CoTeaching&lt;Net&gt;(0.4), Adam(1e-3), BatchSize(128), Epochs(200)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class CoTeachingAttribute<TPeer> : SchemeAttribute
    where TPeer : class
{
    /// <summary>Two networks that choose for each other.</summary>
    /// <param name="noiseRate">τ: the share of labels that are wrong, which is the share of samples left out in the
    /// end.</param>
    public CoTeachingAttribute(double noiseRate) => NoiseRate = noiseRate;

    /// <summary>τ: the share of samples that are left out in the end.</summary>
    [Interval("(0, 1)")]
    public double NoiseRate { get; }

    /// <summary>Epochs in which the share that is left out grows evenly from 0, 10 in the paper; 0 for the whole from the first
    /// step on. <see cref="RampUpSteps"/> takes its place.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; } = 10;

    /// <summary>The same in steps; 0 to count epochs.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
