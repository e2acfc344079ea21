namespace Dsl;

/// <summary>
/// Elastic weight consolidation: what earlier tasks need stays near where they left it, λ/2·Σᵢ Fᵢ·(θᵢ − θ*ᵢ)², F
/// the diagonal of the Fisher information of the network on a task and θ* its parameters when the task ended (Kirkpatrick et al.
/// 2017, arXiv 1612.00796, equation 3).
/// </summary>
/// <remarks>
/// <para>
/// <c>EndTask(data)</c> measures F on the data of the task that ends: the mean over samples of the squared gradient of
/// log p(y | x), one sample at a time and with y from the network itself. (The square of a batch's mean gradient is another
/// number, and far smaller.) The network is in evaluation mode. Before the first call the term is 0.
/// </para>
/// <para>
/// Several tasks add up: Σ over tasks of F(θ − θ*)², kept as one quadratic form, which is the same number. <c>Online</c>
/// keeps one anchor, the last parameters, and a sum that forgets, F ← γ·F + F of the task (Schwarz et al. 2018, arXiv
/// 1805.06370, equation 9). Either way a checkpoint holds two numbers for each parameter.
/// </para>
/// <para>The likelihood is that of classes: the objective reads labels that are classes, [N] for logits [N, K].</para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, Ewc(100), Adam(1e-3), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class EwcAttribute : SchemeAttribute
{
    /// <summary>Holds what earlier tasks need.</summary>
    /// <param name="weight">λ: how firmly.</param>
    public EwcAttribute(double weight = 100) => Weight = weight;

    /// <summary>λ: how firmly; it is about 1 where F is summed over all samples of a task, and their number here, where F is a
    /// mean.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; }

    /// <summary>Which labels F is an expectation over.</summary>
    public FisherLabels Labels { get; set; }

    /// <summary>How many samples F is measured on, chosen by the trainer's seed; 0 for all of a task.</summary>
    [Interval("[0, inf)")]
    public int Samples { get; set; }

    /// <summary>Whether one anchor is kept, and F forgets.</summary>
    public bool Online { get; set; }

    /// <summary>γ: how much of the earlier tasks' F stays when a task ends; with <see cref="Online"/> alone.</summary>
    [Interval("[0, 1]")]
    public double Decay { get; set; } = 1;
}
