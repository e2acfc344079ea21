namespace Dsl;

/// <summary>A generator that learns against a network that judges its samples, with or without a condition.</summary>
/// <remarks>
/// With <see cref="Label"/> both networks are given the label of each sample: the judge sees data with their own labels, and the
/// generator makes a sample for each label of the batch, which the judge sees with that very label (Mirza and Osindero 2014,
/// arXiv 1411.1784, equation 2). <c>Fit</c> then reads labels, of which none may be left out, and
/// <c>Sample(labels, seed)</c> makes a sample for each label.
/// <para>
/// <c>Losses.SampleSpread</c> is the deviation of the generator's samples from each other in units of the data's. <c>Fit</c>
/// warns once where its mean over an epoch is below 0.1 and no larger than in the epoch before: the samples have become one.
/// </para>
/// </remarks>
public abstract class AdversarialAttribute : SchemeAttribute
{
    /// <summary>The input of both networks that labels go into, integers [N] in 0, ..., K − 1:
    /// <c>Input("digit", Elements = Elements.Index)</c>. Empty where samples have no condition.</summary>
    public string Label { get; set; } = "";

    /// <summary>K: classes of the labels; 0 without labels.</summary>
    [Interval("[0, inf)")]
    public int Classes { get; set; }
}
