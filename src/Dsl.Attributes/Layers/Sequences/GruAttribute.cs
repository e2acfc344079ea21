namespace Dsl;

/// <summary>
/// Gated recurrent units: r, z = σ(W x + b + U h + d), n = tanh(W x + b + r∘(U h + d)), h' = (1 − z)∘n + z∘h. [N, T, D] to
/// [N, T, H·directions] or, with <see cref="States.Last"/>, [N, H·directions] (Cho et al. 2014, arXiv 1406.1078; with r after
/// the product with U, as PyTorch and cuDNN have it).
/// </summary>
/// <remarks>
/// Parameters as of <c>torch.nn.GRU</c>, from U(±1/√H), for layer k = 0, 1, ...: weight_ih_lk [3H, inputs], weight_hh_lk [3H, H],
/// bias_ih_lk and bias_hh_lk [3H], in blocks r, z, n; the backward direction's end in _reverse. The error DSL301 names an input
/// of another rank, DSL342 a sequence of one step.
/// </remarks>
public sealed class GruAttribute : RecurrentAttribute
{
    /// <summary>Gated recurrent units.</summary>
    /// <param name="hidden">Size H of a state.</param>
    public GruAttribute(int hidden)
        : base(hidden)
    {
    }
}
