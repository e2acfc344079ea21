namespace Dsl;

/// <summary>
/// Learning to reweight: in each step a sample counts as much as its own step would make the network better on a few samples
/// whose labels are right, w_i = max(0, −∂L_clean(θ̂(ε))/∂ε_i) at ε = 0 with θ̂ = θ − ∇Σ ε_i·ℓ_i,
/// divided by their sum (Ren et al. 2018, arXiv 1803.09050, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// It takes the place of one plain <c>[CrossEntropy]</c>: what is minimised is Σ w_i·ℓ_i, of weights that sum to 1 and
/// are held constant; where no sample would help, nothing is learned. The rate of the step to θ̂ is left out: at ε = 0 it
/// is a factor of all weights.
/// </para>
/// <para>
/// <c>Fit(data, clean)</c> reads a second stream, <c>[BatchSize(..., Clean = n)]</c> samples of it a step, with right
/// labels; none of them may be in the data. The weights are a gradient of a gradient: the descent goes through autograd,
/// whatever the trainer's <c>Backward</c> says (DSL481). The network has neither batch normalisation nor dropout.
/// <c>Losses.CountedSamples</c> is 1/Σ w²: how many samples counted.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, LearnToReweight, Adam(1e-3), BatchSize(64, Clean = 50), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class LearnToReweightAttribute : SchemeAttribute;
