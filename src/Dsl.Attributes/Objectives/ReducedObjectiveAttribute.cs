namespace Dsl;

/// <summary>An objective whose losses are averaged over the batch or summed.</summary>
public abstract class ReducedObjectiveAttribute : TermAttribute
{
    /// <summary>Mean over the batch, or sum.</summary>
    public Reduction Reduction { get; set; }
}
