namespace Dsl;

/// <summary>
/// One step of gated recurrent units, from a state that is handed in: r, z = σ(W x + b + U h + d), n = tanh(W x + b + r∘(U h +
/// d)), h' = (1 − z)∘n + z∘h. [N, D] beside a named state [N, H] to the next state [N, H] (Cho et al. 2014, arXiv
/// 1406.1078).
/// </summary>
/// <remarks>
/// Parameters as of <c>torch.nn.GRUCell</c>, from U(±1/√H): weight_ih [3H, D], weight_hh [3H, H], bias_ih and bias_hh [3H], in
/// blocks r, z, n. For sequences that are known as a whole, <see cref="GruAttribute">[Gru]</see> is one operation. The error
/// DSL301 names an input of another rank, DSL313 a state that is none.
/// </remarks>
/// <example><code>
/// [Model(3), Input("memory", 32), GruCell("memory"), Tag("next")]
/// [Linear(4), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
/// public partial class Policy;
/// </code></example>
public sealed class GruCellAttribute : LayerAttribute
{
    /// <summary>One step of gated recurrent units.</summary>
    /// <param name="state">The name of the state [N, H], an <see cref="InputAttribute">[Input]</see> or a
    /// <see cref="TagAttribute">[Tag]</see>.</param>
    public GruCellAttribute(string state) => State = state;

    /// <summary>The name of the state [N, H].</summary>
    public string State { get; }
}
