namespace Dsl;

/// <summary>A scheme that trains on inputs x + δ with ‖δ‖ ≤ ε, found by steps along the gradient by the input.</summary>
/// <remarks>
/// Inputs are as the data have them, not normalised, so that ε and the range mean something: put what scales them into the
/// network. An input outside of the range is refused (on a GPU it is not looked for). The passes of the attack are in training
/// mode: batch normalisation takes the batch's statistics and moves none, and each pass draws dropout masks of its own. They
/// compute no gradient of any parameter.
/// </remarks>
public abstract class AttackSchemeAttribute : SchemeAttribute
{
    /// <summary>What ε bounds.</summary>
    public AttackNorm Norm { get; set; } = AttackNorm.Linf;

    /// <summary>ε: the largest disturbance of a sample, in the units of the input.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 8.0 / 255;

    /// <summary>a: the length of a step, in the units of the input.</summary>
    [Interval("(0, inf)")]
    public double StepSize { get; set; } = 2.0 / 255;

    /// <summary>k: how many steps, each a pass forward and one back. Generated code has a part for each.</summary>
    [Interval("[1, 100]")]
    public int Steps { get; set; } = 7;

    /// <summary>Epochs in which ε and a grow evenly from 0; 0 for none. In a large ball training from random weights may never
    /// leave the outputs of chance, which no attack can make worse. Not together with <see cref="RampUpSteps"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>The same in steps; 0 for none. Not together with <see cref="RampUpEpochs"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }

    /// <summary>The smallest number that an input may have, in its units.</summary>
    [Interval("(-inf, inf)")]
    public double Minimum { get; set; }

    /// <summary>The largest number that an input may have, in its units.</summary>
    [Interval("(-inf, inf)")]
    public double Maximum { get; set; } = 1;
}
