namespace Dsl;

/// <summary>
/// Meta-Weight-Net: a network V says how much a sample counts by how large its loss is, w_i = V(ℓ_i), and is trained so that
/// a step with these weights is good on a few samples whose labels are right: θ̂ = θ − α·∇ mean V(ℓ_i; Θ)·ℓ_i,
/// and Θ descends L_clean(θ̂) (Shu et al. 2019, arXiv 1902.07379, equations 3 to 5).
/// </summary>
/// <remarks>
/// <para>
/// It takes the place of one plain <c>[CrossEntropy]</c>: what is minimised is mean w_i·ℓ_i, with the weights of the updated
/// V held constant. The losses that V reads are constants. As in the authors' code, weights are not divided by their sum,
/// which the paper does.
/// </para>
/// <para>
/// <c>Fit(data, clean)</c> reads a second stream, <c>[BatchSize(..., Clean = n)]</c> samples of it a step; none of them may
/// be in the data. V has an optimizer of its own, <c>For = "Weighting"</c>. Its descent differentiates a gradient and goes
/// through autograd, whatever the trainer's <c>Backward</c> says (DSL481); the network's own does not. The network has
/// neither batch normalisation nor dropout.
/// </para>
/// </remarks>
/// <typeparam name="TWeighting">V: a model of one number for each sample, [N, 1] to [N, 1]; one of 100 hidden units with a
/// sigmoid at its end in the paper.</typeparam>
/// <example><code>
/// [Model(1), Linear(100), ReLU, Linear(1), Sigmoid]
/// public partial class Weighting;
///
/// [Trainer&lt;Net&gt;, CrossEntropy, MetaWeightNet&lt;Weighting&gt;(InnerRate = 0.1)]
/// [Adam(1e-3), Adam(1e-3, WeightDecay = 1e-4, For = "Weighting"), BatchSize(64, Clean = 50), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class MetaWeightNetAttribute<TWeighting> : SchemeAttribute
    where TWeighting : class
{
    /// <summary>α: the rate of the step to θ̂, one of plain gradient descent. 0, the default, takes the learning rate of the
    /// step, as the paper does for networks that are trained by SGD; beside Adam give it, such as 0.1.</summary>
    [Interval("[0, inf)")]
    public double InnerRate { get; set; }
}
