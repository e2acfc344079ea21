namespace Dsl;

/// <summary>
/// Prior networks: the network's logits z are a Dirichlet distribution over class probabilities, α = e^z, which is to be
/// sharp at the label of a sample, and flat for inputs from outside of the data: mean KL(Dir(α) ‖ Dir(1 + B·y)) over
/// samples + γ·mean KL(Dir(α) ‖ Dir(1)) over the others (Malinin and Gales 2018, arXiv 1802.10501; the reverse
/// divergence, 2019, arXiv 1905.13472, equation 10).
/// </summary>
/// <remarks>
/// <para>
/// <c>Fit</c> reads a second stream: inputs that are like nothing of the data, as other data sets or noise; what they are
/// decides what the network will know to be strange. The model returns logits [N, K], whose softmax is the mean prediction:
/// <c>Evaluate</c> is as for <c>[CrossEntropy]</c>. <c>DirichletPrediction</c> says how strange an input is.
/// </para>
/// <para>
/// Logits are held to [−10, 20], beyond which they have no gradient. The second stream has a pass of its own that leaves
/// running statistics as they are: with batch normalisation it sees the statistics of its own batch in training, and those of
/// the data in evaluation; another normalisation, or none, is better.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, PriorNetwork(Precision = 100), Adam(1e-3), ClipGradNorm(1), BatchSize(64, Unlabeled = 64), Epochs(20)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class PriorNetworkAttribute : TermAttribute
{
    /// <summary>B: how sharp the distribution is to be at a label, 100 to 1000; the authors' code has 1000.</summary>
    [Interval("(0, inf)")]
    public double Precision { get; set; } = 100;

    /// <summary>γ: weight of the inputs from outside.</summary>
    [Interval("[0, inf)")]
    public double OutsideWeight { get; set; } = 1;
}
