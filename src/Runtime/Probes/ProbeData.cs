namespace Dsl.Runtime;

/// <summary>Labelled samples that features are probed on.</summary>
/// <param name="Train">What the classifier is learned of, and where neighbours are looked for; labels [N] int64.</param>
/// <param name="Test">What it is tested on.</param>
public sealed record ProbeData(ILabeledDataSource Train, ILabeledDataSource Test);
