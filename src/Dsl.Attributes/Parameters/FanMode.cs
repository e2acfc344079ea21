namespace Dsl;

/// <summary>Which connections of a weight [out, in, k, ...] are counted, as in <c>torch.nn.init</c>.</summary>
public enum FanMode
{
    /// <summary>in·k·...: keeps the variance in the forward pass.</summary>
    In,

    /// <summary>out·k·...: keeps the variance in the backward pass.</summary>
    Out,
}
