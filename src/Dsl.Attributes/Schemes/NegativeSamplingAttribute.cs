namespace Dsl;

/// <summary>
/// Vectors of words that tell a word which stands in a text from K words that were drawn:
/// mean −(log σ(u_o·v) + Σ log σ(−u_n·v)), v the vector of what is given, u_o that of the word o to be told and u_n
/// those of K drawn ones, each from a table of its own (Mikolov et al. 2013, arXiv 1310.4546, equation 4).
/// </summary>
/// <remarks>
/// <para>
/// The labels are words [N] int64, from 0; a sample of label -100 trains nothing. A drawn word that is the label counts
/// nothing, as in the authors' program. <c>Fit(data)</c> with <c>WordContexts</c> draws words by how often they come in the
/// whole text; of other data it counts the labels.
/// </para>
/// <para>
/// Both tables are arguments of the constructor and are trained by the trainer's optimizer. The authors start the first by
/// U(−1/(2D), 1/(2D)), <c>[Init(Initializer.Uniform, Bound = 0.5 / 100)]</c>, and the second at zero,
/// <c>[Init(Initializer.Zero)]</c>. What is minimised is a mean over the batch: their rate of 0.025 for each sample is a rate of
/// 0.025·N of <c>[Sgd]</c>. Every step passes over both tables as a whole, whatever few rows it changes.
/// </para>
/// <para>Nothing else is minimised: no objective, mixing or other scheme stands beside it.</para>
/// </remarks>
public abstract class NegativeSamplingAttribute : SchemeAttribute
{
    /// <summary>K: words that are drawn for each sample; the authors take 5 to 20, and 2 to 5 for large texts.</summary>
    [Interval("[1, 1000]")]
    public int Negatives { get; set; } = 5;

    /// <summary>a: a word is drawn in proportion to n^a, n how often it comes; 0 draws all words alike.</summary>
    [Interval("[0, inf)")]
    public double Exponent { get; set; } = 0.75;

    /// <summary>How often each word comes, or in what proportion, from word 0 on; null to let <c>Fit</c> count.</summary>
    [Interval("[0, inf)")]
    public double[]? WordCounts { get; set; }
}
