namespace Dsl;

/// <summary>Samples per step.</summary>
public sealed class BatchSizeAttribute : RecipeAttribute
{
    /// <summary>Reads <paramref name="samples"/> samples in each step.</summary>
    /// <param name="samples">Samples per step (labelled ones, where a scheme has two streams).</param>
    public BatchSizeAttribute(int samples) => Samples = samples;

    /// <summary>Samples per step.</summary>
    [Interval("[1, inf)")]
    public int Samples { get; }

    /// <summary>Unlabelled samples per step, for schemes that read them; 0, the default, means <see cref="Samples"/>.</summary>
    [Interval("[0, inf)")]
    public int Unlabeled { get; set; }

    /// <summary>Samples with right labels per step, for schemes that read such; 0, the default, means
    /// <see cref="Samples"/>.</summary>
    [Interval("[0, inf)")]
    public int Clean { get; set; }

    /// <summary>Whether to leave out the last, smaller batch of an epoch.</summary>
    public bool DropLast { get; set; }
}
