namespace Dsl;

/// <summary>
/// Sharpness-aware minimisation (SAM): the gradient is taken where the loss is nearly largest within a distance ρ, at θ +
/// ρ·g/‖g‖, g the gradient at θ (Foret et al. 2021, arXiv 2010.01412, algorithm 1).
/// </summary>
/// <remarks>
/// <para>A step computes two gradients, on the same batch with the same random numbers and masks, and costs twice as much. The
/// norm is that of all trained parameters together. Losses are those at θ, running statistics take the first pass alone. With
/// <c>[Accumulate]</c> each batch of a window has a point of its own, the paper's m-sharpness.</para>
/// <para>The optimizer gets the second gradient as it would get the first: bounds on the gradient and weight decay are its
/// own.</para>
/// </remarks>
public sealed class SharpnessAwareAttribute : RecipeAttribute
{
    /// <summary>How far the gradient is taken from the parameters, ρ.</summary>
    [Interval("(0, inf)")]
    public double Rho { get; set; } = 0.05;
}
