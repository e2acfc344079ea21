namespace Dsl;

/// <summary>
/// A term that makes embeddings of a class near each other: of a vector for each sample, [N, D], and labels [N] int64 that are
/// alike for samples of a class. How many classes there are is not declared: any label from 0 on will do, and -100 is a sample of
/// no class.
/// </summary>
/// <remarks>
/// A batch has to hold several samples of a class: <c>[SamplesPerClass(4)]</c>. One that has no pair of a class has the loss NaN
/// and no gradient, as the mean of nothing. <c>Evaluate</c> embeds the data and asks each sample for its neighbours: recall@k,
/// mean average precision and nDCG. With <c>[Accumulate]</c> each batch is compared by itself.
/// </remarks>
public abstract class MetricObjectiveAttribute : TermAttribute
{
    /// <summary>Whether vectors are divided by their length first.</summary>
    public bool Normalize { get; set; } = true;
}
