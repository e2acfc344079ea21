namespace Dsl;

/// <summary>
/// Manifold mixup: at one place of the network, drawn anew for every step, hidden values h become λh + (1 − λ)h[π], and every
/// labelled objective L becomes λ·L(z, y) + (1 − λ)·L(z, y[π]) (Verma et al. 2019, arXiv 1806.05236).
/// </summary>
/// <remarks>
/// The places are tagged values of the model's outermost stack, marked by <c>[Tag("h", Mix = true)]</c>, and the input. All
/// that reaches an output must pass through each place. λ ~ Beta(α, α) is one number for the batch. Gradients flow to both
/// samples of a pair. Nothing waits for the device to learn the place: at the others λ is 1, which changes nothing.
/// </remarks>
public sealed class ManifoldMixupAttribute : MixingAttribute
{
    /// <summary>Mixes at one of some places.</summary>
    /// <param name="tags">The tags of the places, beside the input.</param>
    public ManifoldMixupAttribute(params string[] tags) => Tags = tags;

    /// <summary>The tags of the places, beside the input.</summary>
    public string[] Tags { get; }

    /// <summary>α: near 0, λ is nearly always 0 or 1; 1 makes it uniform; large, it is nearly 1/2. The authors' is 2.</summary>
    [Interval("(0, inf)")]
    public double Alpha { get; set; } = 2;

    /// <summary>Whether the input is one of the places, as the authors advise.</summary>
    public bool Input { get; set; } = true;
}
