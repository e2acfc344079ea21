namespace Dsl;

/// <summary>Absolute error, |x − y|, whose minimiser is the median; its gradient at 0 is 0.</summary>
/// <remarks>Outputs of any shape; targets of the same shape (or [N] for [N, 1]), real numbers. The mean is over all
/// elements.</remarks>
public sealed class L1Attribute : ReducedObjectiveAttribute;
