namespace Dsl;

/// <summary>
/// Schedule-free AdamW: a running average x of the steps z takes the place of a learning rate that falls (Defazio et al. 2024,
/// arXiv 2405.15682, equations 1 to 3 with Adam's denominator).
/// </summary>
/// <remarks>
/// <para>y = (1 − β₁)z + β₁x, g the gradient at
/// y, v ← β₂v + (1 − β₂)g², z ← z − η(g/(√v̂ + ε) + λy), x ← (1 − c)x + cz with c = η_t²/Σ η².
/// The network holds x: only while a gradient is computed its parameters are y. What is evaluated, predicted, saved or read
/// after any step is x.</para>
/// <para>A schedule that falls would be a second one and is an error; a warm-up is part of the method:
/// <c>Constant(WarmupSteps = 1000)</c>. The weights c are those of a rate that stays as declared after the warm-up. A network
/// with batch normalisation is an error: its running statistics would be those of y.</para>
/// </remarks>
public sealed class ScheduleFreeAdamWAttribute : OptimizerAttribute
{
    /// <summary>Schedule-free AdamW with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η, 1 to 10 times that of AdamW with a schedule.</param>
    public ScheduleFreeAdamWAttribute(double learningRate = 2.5e-3) : base(learningRate)
    {
    }

    /// <summary>The share β₁ of the average in the place y of the gradient.</summary>
    [Interval("(0, 1)")]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay β₂ of the second moment.</summary>
    [Interval("[0, 1)")]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the root of the second moment, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay λ, of y.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
