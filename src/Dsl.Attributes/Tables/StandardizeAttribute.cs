namespace Dsl;

/// <summary>A column with mean 0 and deviation 1: (x − μ)/σ, with mean μ and deviation σ (over n, not n − 1) of the training
/// data. Where σ is 0, it is 1.</summary>
/// <remarks>On the label, the model predicts it in this unit while it learns, and everybody else reads the table's
/// unit.</remarks>
public sealed class StandardizeAttribute : ScalingAttribute;
