namespace Dsl;

/// <summary>
/// Objectives weighed so that their gradients are about as long as each other, those of slow ones longer: Σ w_i·L_i
/// with weights that follow −∇_w Σ |G_i − Ḡ·r_i^α|, G_i = ‖∇_W w_i·L_i‖, r_i = L_i/L_i(0) over the mean
/// of these, and are scaled to a sum of T, the number of objectives (GradNorm; Chen et al. 2018, arXiv 1711.02257,
/// equations 1 and 2, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// W is the weight of the last layer that all objectives share, or the parameter <see cref="Of"/>. Ḡ·r_i^α counts as a
/// constant.
/// Weights begin at 1 and go down the gradient by <see cref="Rate"/> after each step's; one that would fall below 0.001 is 0.001
/// before all are scaled. L_i(0) is the loss of the first step. A checkpoint holds both.
/// </para>
/// <para>
/// A step goes back once for each objective and goes through autograd. <c>TaskGradients.Weights</c> of the trainer are the
/// weights, <c>TaskGradients.Cosines()</c> how the gradients of the last step went together. An objective's <c>Weight</c> is a
/// further factor. A loss that can be below 0 has no rate of learning here.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy(Of = "digit"), CrossEntropy(Of = "writer"), GradNorm(1.5), Adam(1e-3), Epochs(20)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class GradNormAttribute : RecipeAttribute
{
    /// <summary>Objectives weighed by the lengths of their gradients.</summary>
    /// <param name="alpha">α: how much longer the gradient of an objective is that learns slowly; 0 for equal lengths.</param>
    public GradNormAttribute(double alpha = 1.5) => Alpha = alpha;

    /// <summary>α: how much longer the gradient of an objective is that learns slowly; 0 for equal lengths. The paper has 1.5
    /// for objectives unlike each other, and 0.12 for alike ones.</summary>
    [Interval("[0, inf)")]
    public double Alpha { get; }

    /// <summary>How far the weights go in a step; the paper's 0.025.</summary>
    [Interval("(0, inf)")]
    public double Rate { get; set; } = 0.025;

    /// <summary>The shared parameter W by its name; empty for the weight of the last layer that all objectives share.</summary>
    public string Of { get; set; } = "";
}
