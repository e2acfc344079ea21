namespace Dsl;

/// <summary>
/// A long short-term memory: i, f, o = σ(W x + b + U h + d), g = tanh(W x + b + U h + d), c' = f∘c + i∘g, h' = o∘tanh(c').
/// [N, T, D] to [N, T, H·directions] or, with <see cref="States.Last"/>, [N, H·directions]
/// (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000).
/// </summary>
/// <remarks>
/// Parameters as of <c>torch.nn.LSTM</c>, from U(±1/√H), for layer k = 0, 1, ...: weight_ih_lk [4H, inputs], weight_hh_lk [4H,
/// H], bias_ih_lk and bias_hh_lk [4H], in blocks i, f, g, o; the backward direction's end in _reverse. The error DSL301 names
/// an input of another rank, DSL342 a sequence of one step.
/// </remarks>
public sealed class LstmAttribute : RecurrentAttribute
{
    /// <summary>A long short-term memory.</summary>
    /// <param name="hidden">Size H of a state and of a cell.</param>
    public LstmAttribute(int hidden)
        : base(hidden)
    {
    }
}
