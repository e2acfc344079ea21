namespace Dsl;

/// <summary>
/// Sets each element to zero with a probability while training and scales the others by 1/(1 − p); nothing in evaluation
/// (Srivastava et al. 2014, in its inverted form).
/// </summary>
/// <remarks>Masks come from the trainer's own dropout stream, a function of seed and step.</remarks>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>Dropout with the given probability.</summary>
    /// <param name="probability">Probability of an element to be dropped.</param>
    public DropoutAttribute(double probability = 0.5) => Probability = probability;

    /// <summary>Probability of an element to be dropped.</summary>
    [Interval("[0, 1)")]
    public double Probability { get; }
}
