namespace Dsl;

/// <summary>An update on the gradient of several batches, as if they were one: for batches that do not fit into memory together.</summary>
/// <remarks>
/// The gradient is the mean over all samples of the window: each batch counts by its share of the samples (of the first
/// stream, where a scheme has two), so that a smaller last batch and a shorter last window of an epoch are right too. Windows
/// do not cross epochs. A step, a learning rate and a moving average belong to an update, not to a batch; batch normalisation
/// sees one batch at a time. A loss that is not a mean over samples is averaged by the same shares.
/// </remarks>
public sealed class AccumulateAttribute : RecipeAttribute
{
    /// <summary>Accumulates the gradient of <paramref name="batches"/> batches.</summary>
    /// <param name="batches">Batches of an update; the last window of an epoch may have fewer.</param>
    public AccumulateAttribute(int batches) => Batches = batches;

    /// <summary>Batches of an update.</summary>
    [Interval("[1, inf)")]
    public int Batches { get; }
}
