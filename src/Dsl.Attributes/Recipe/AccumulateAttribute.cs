namespace Dsl;

/// <summary>An update on the gradient of several batches, as if they were one: for batches that do not fit into memory
/// together.</summary>
/// <remarks>
/// Each mean is divided by what all batches of the window count: one over labels by their number, one with class weights by the
/// sum of the labels' weights, one over samples by the samples of its own stream; a sum is a sum. Windows do not cross epochs. A
/// step, a learning rate and a moving average belong to an update, not to a batch; batch normalisation sees one batch at a time.
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
