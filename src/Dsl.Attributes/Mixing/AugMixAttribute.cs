namespace Dsl;

/// <summary>
/// AugMix: two further views of each image, each a mixture of chains of transformations, and λ times the Jensen-Shannon
/// divergence of the three predictions, JS = ⅓ Σᵢ KL(pᵢ ‖ (p₁ + p₂ + p₃)/3), averaged over the batch (Hendrycks et al. 2020,
/// arXiv 1912.02781).
/// </summary>
/// <remarks>
/// Images [N, C, H, W] in [0, 1], not normalised. A view is (1 − m)x + m Σᵢ wᵢ cᵢ(x), w ~ Dirichlet(α, ..., α), m ~ Beta(α, α),
/// drawn for every image. The chains' operations are the authors': auto-contrast, equalize, posterize, solarize, rotation, and
/// shear and translation in two directions; with <see cref="AugMixAttribute{TPolicy}"/> each chain is a view by a policy. All
/// three views go through the network as one batch of 3N, so that batch normalisation takes its statistics over them, as in the
/// authors' code. Objectives read the first, which is not mixed. A step needs three times the memory and the time.
/// </remarks>
public class AugMixAttribute : MixingAttribute
{
    /// <summary>λ: weight of the Jensen-Shannon divergence.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 12;

    /// <summary>Chains of a view.</summary>
    [Interval("[1, 10]")]
    public int Width { get; set; } = 3;

    /// <summary>Operations of a chain; −1 draws 1, 2 or 3 for each.</summary>
    [Interval("[-1, 10]")]
    public int Depth { get; set; } = -1;

    /// <summary>The strongest an operation becomes; its strength is drawn evenly from [0.1, Severity). At 10, images turn by up
    /// to 30 degrees.</summary>
    [Interval("[0.1, 10]")]
    public double Severity { get; set; } = 3;

    /// <summary>α of the weights' distributions.</summary>
    [Interval("(0, inf)")]
    public double Alpha { get; set; } = 1;
}

/// <summary>
/// AugMix with chains of another kind: each is a view of the image by a declared policy, with random numbers of its own. The
/// policy says what happens and how strongly, so that <see cref="AugMixAttribute.Depth"/> and
/// <see cref="AugMixAttribute.Severity"/> are not given.
/// </summary>
/// <typeparam name="TPolicy">A class with <see cref="AugmentationAttribute">[Augmentation]</see>; none that
/// normalises.</typeparam>
/// <example><code>
/// [Augmentation, RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.1)]
/// public partial class Disturbed;
///
/// [Trainer&lt;Net&gt;, CrossEntropy, AugMix&lt;Disturbed&gt;, Adam(1e-3), Epochs(30)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class AugMixAttribute<TPolicy> : AugMixAttribute;
