namespace Dsl;

/// <summary>
/// Meta-learning of noise tolerance (MLNT): a step of gradient descent on labels that were made wrong on purpose should leave
/// predictions as they are. For each of M sets of made labels ŷ, θ' = θ − α·∇CE(ŷ; θ), and what is added to the
/// objective is the mean of KL(teacher ‖ f(θ')), through the step; the teacher is a moving average of the network (Li et
/// al. 2019, arXiv 1812.05214, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// In each set every sample is given, with probability ρ, the label of one of its nearest neighbours in the batch, by the
/// teacher's logits. The paper takes features of a network that was trained before, and makes two updates a step, one for
/// the mean divergence and one for cross-entropy; the authors' code, and this, add both up in one. The divergence is a mean
/// over samples.
/// </para>
/// <para>
/// It needs no clean samples. The gradient goes through the inner steps: the descent goes through autograd, whatever the
/// trainer's <c>Backward</c> says (DSL481). The network has neither batch normalisation nor dropout.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, Mlnt(InnerRate = 0.1), Sgd(0.1, Momentum = 0.9), BatchSize(128), Epochs(60)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class MlntAttribute : SchemeAttribute
{
    /// <summary>M: sets of made labels in a step.</summary>
    [Interval("[1, 20]")]
    public int Sets { get; set; } = 10;

    /// <summary>ρ: how probably a label is made.</summary>
    [Interval("(0, 1]")]
    public double Share { get; set; } = 0.5;

    /// <summary>How many nearest neighbours a label is taken from; all others where a batch has fewer.</summary>
    [Interval("[1, inf)")]
    public int Neighbors { get; set; } = 10;

    /// <summary>α: the rate of the inner steps.</summary>
    [Interval("(0, inf)")]
    public double InnerRate { get; set; } = 0.02;

    /// <summary>Decay of the teacher's moving average.</summary>
    [Interval("[0, 1)")]
    public double Ema { get; set; } = 0.999;

    /// <summary>Weight of the divergence beside the objective.</summary>
    [Interval("[0, inf)")]
    public double ConsistencyWeight { get; set; } = 1;
}
