namespace Dsl;

/// <summary>A scheme whose term grows into its weight: w(t) = W·exp(−5(1 − t/R)²) for the steps t &lt; R, counted from 0, then
/// W.</summary>
public abstract class RampedSchemeAttribute : SchemeAttribute
{
    /// <summary>Epochs R over which the weight grows; 0 for none. Not together with <see cref="RampUpSteps"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>Steps R over which the weight grows; 0 for none. Not together with <see cref="RampUpEpochs"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
