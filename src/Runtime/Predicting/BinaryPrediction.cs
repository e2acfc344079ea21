using System.Globalization;

namespace Dsl.Runtime;

/// <summary>A prediction of yes or no.</summary>
/// <param name="Probability">That of yes, as the model has it.</param>
public readonly record struct BinaryPrediction(double Probability)
{
    /// <summary>Whether yes is at least as likely as no.</summary>
    public bool Value => Probability >= 0.5;

    /// <summary>Value and probability of yes: <c>True (98.6 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} ({Probability * 100:0.0} %)");
}
