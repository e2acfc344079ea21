namespace Dsl;

/// <summary>
/// Adversarial training: the objective at the worst input that an attack finds near each sample, min over weights of
/// c·L(x, y) + (1 − c)·max over ‖δ‖ ≤ ε of L(x + δ, y) (Madry et al. 2018, arXiv 1706.06083, equation 2.1;
/// Goodfellow et al. 2015, arXiv 1412.6572, section 6, with c = ½).
/// </summary>
/// <remarks>
/// Takes the place of the one labelled objective beside it, which is also what the attack climbs: x₀ = x + u, u even in the
/// ball; x ← P(x + a·sign(g)) k times, g the gradient of L by x, P into the ball and then into [<see
/// cref="AttackSchemeAttribute.Minimum"/>, <see cref="AttackSchemeAttribute.Maximum"/>]. Defaults are those of the authors' code
/// for CIFAR-10, in units of inputs from 0 to 1; for MNIST they have ε = 0.3, a = 0.01, k = 40.
/// </remarks>
public sealed class AdversarialTrainingAttribute : AttackSchemeAttribute
{
    /// <summary>How the input is sought. With <see cref="Attack.Fgsm"/> there are no steps to declare.</summary>
    public Attack Attack { get; set; } = Attack.Pgd;

    /// <summary>Whether the steps begin at a random place of the ball instead of the input. Without it a network can hide its
    /// gradient at the inputs themselves.</summary>
    public bool RandomStart { get; set; } = true;

    /// <summary>c: the share of the loss of the inputs as they are, in a pass of its own.</summary>
    [Interval("[0, 1)")]
    public double CleanShare { get; set; }
}
