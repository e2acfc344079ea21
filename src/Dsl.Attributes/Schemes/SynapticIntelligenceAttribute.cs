namespace Dsl;

/// <summary>
/// Synaptic intelligence: parameters that did much for earlier tasks stay near where these left
/// them, c·Σᵢ Ωᵢ·(θᵢ − θ*ᵢ)² (Zenke, Poole and Ganguli 2017, arXiv 1703.04200, equations 3 to 5).
/// </summary>
/// <remarks>
/// <para>
/// What a parameter did for a task is added up while it learns: ωᵢ ← ωᵢ − gᵢ·Δθᵢ in each step, g the gradient
/// without this term, before any bound on it. When the task ends, Ωᵢ ← max(0, Ωᵢ + ωᵢ/(Δᵢ² + ξ)), Δ the way
/// from the begin of the task to its end, θ* is the parameters as they are, and ω is 0 again. Below 0, where noise
/// leads, Ω would reward distance: it is 0 there.
/// </para>
/// <para>
/// No pass over the data is needed, and labels may be of any kind. A checkpoint holds four numbers for each parameter.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, SynapticIntelligence(0.1), Adam(1e-3), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class SynapticIntelligenceAttribute : SchemeAttribute
{
    /// <summary>Holds what did much for earlier tasks.</summary>
    /// <param name="weight">c: how firmly; the paper has 0.1 for permuted digits.</param>
    public SynapticIntelligenceAttribute(double weight = 0.1) => Weight = weight;

    /// <summary>c: how firmly; near 1 where ω is the loss that was saved.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; }

    /// <summary>ξ: what bounds Ω where a parameter has hardly moved, in squared units of parameters.</summary>
    [Interval("(0, inf)")]
    public double Damping { get; set; } = 0.1;
}
