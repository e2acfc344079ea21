namespace Dsl;

/// <summary>
/// Batches by class: each has BatchSize/K classes, drawn without repetition, and K samples of each, drawn without repetition
/// where the class has as many. Samples of a class stand together.
/// </summary>
/// <remarks>Classes with one sample alone are left out, and so are samples without a label. An epoch has as many batches as fit
/// into the data; in it a sample can come more than once or not at all. The order is a function of the seed and the
/// step.</remarks>
/// <example><code>[Triplet, BatchSize(64), SamplesPerClass(4)]</code> draws 16 classes with 4 samples each.</example>
public sealed class SamplesPerClassAttribute : RecipeAttribute
{
    /// <summary>Samples of each class.</summary>
    /// <param name="samples">K; it divides the batch size at least twice.</param>
    public SamplesPerClassAttribute(int samples) => Samples = samples;

    /// <summary>K: samples of each class in a batch.</summary>
    [Interval("[1, inf)")]
    public int Samples { get; }
}
