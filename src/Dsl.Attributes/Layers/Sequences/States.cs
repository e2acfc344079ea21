namespace Dsl;

/// <summary>Which states of a recurrent layer are its output.</summary>
public enum States
{
    /// <summary>Those of all steps, [N, T, H·directions], in the order of the sequence: PyTorch's <c>output</c>.</summary>
    All,

    /// <summary>
    /// The one that each direction ends with, [N, H·directions]: the forward direction's after the last element, the backward
    /// one's after the first. PyTorch's <c>h_n</c> of the last layer, and not <c>output[:, -1]</c> where there are two
    /// directions.
    /// </summary>
    Last,
}
