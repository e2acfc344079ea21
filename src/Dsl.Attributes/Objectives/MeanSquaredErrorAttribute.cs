namespace Dsl;

/// <summary>Squared error, (x − y)².</summary>
/// <remarks>Outputs of any shape; targets of the same shape (or [N] for [N, 1]), real numbers. The mean is over all
/// elements.</remarks>
public sealed class MeanSquaredErrorAttribute : ReducedObjectiveAttribute;
