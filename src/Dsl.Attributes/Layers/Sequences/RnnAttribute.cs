namespace Dsl;

/// <summary>
/// A simple recurrent network, h' = tanh(W x + b + U h + d): [N, T, D] to [N, T, H·directions] or, with
/// <see cref="States.Last"/>, [N, H·directions] (Elman 1990, Finding structure in time).
/// </summary>
/// <remarks>
/// Parameters as of <c>torch.nn.RNN</c>, from U(±1/√H), for layer k = 0, 1, ...: weight_ih_lk [H, inputs], weight_hh_lk [H, H],
/// bias_ih_lk and bias_hh_lk [H]; the backward direction's end in _reverse. The error DSL301 names an input of another rank,
/// DSL342 a sequence of one step.
/// </remarks>
public sealed class RnnAttribute : RecurrentAttribute
{
    /// <summary>A simple recurrent network.</summary>
    /// <param name="hidden">Size H of a state.</param>
    public RnnAttribute(int hidden)
        : base(hidden)
    {
    }

    /// <summary>What is applied to the sums; tanh by default.</summary>
    public RnnNonlinearity Nonlinearity { get; set; } = RnnNonlinearity.Tanh;
}
