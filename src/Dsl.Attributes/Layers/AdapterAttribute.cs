namespace Dsl;

/// <summary>
/// An adapter: a small network beside the identity that is put between layers that stay as they are, y = x + W₂·f(W₁·x +
/// b₁) + b₂ with f = GELU; the shape stays (Houlsby et al. 2019, arXiv 1902.00751, section 2.1).
/// </summary>
/// <remarks>
/// <para>
/// Of vectors and sequences [N, ..., F] the maps are of the last dimension: down.weight [m, F], down.bias [m], up.weight [F, m],
/// up.bias [F], 2·m·F + m + F numbers. Of images [N, C, H, W] they are convolutions of size 1, down.weight [m, C, 1, 1] and
/// up.weight [C, m, 1, 1]: a residual adapter (Rebuffi et al. 2017, arXiv 1705.08045, equation 3, which has one map without a
/// bottleneck).
/// </para>
/// <para>
/// Weights start as N(0, 10⁻⁶) cut off at two deviations, as in the authors' code, biases as zeros: nearly the identity. A
/// state dictionary has them at the adapter's place in the stack, so that layers behind it are numbered one higher than without
/// it: put layers that are read from elsewhere into blocks, or name their parts by methods.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(64), Use&lt;First&gt;, Frozen, Adapter(8), Use&lt;Second&gt;, Linear(10)]
/// public partial class Tuned;
/// </code></example>
public sealed class AdapterAttribute : LayerAttribute
{
    /// <summary>An adapter.</summary>
    /// <param name="bottleneck">m: how many numbers are between its two maps; 8 to 256 in the paper.</param>
    public AdapterAttribute(int bottleneck) => Bottleneck = bottleneck;

    /// <summary>m: how many numbers are between its two maps.</summary>
    [Interval("[1, inf)")]
    public int Bottleneck { get; }
}
