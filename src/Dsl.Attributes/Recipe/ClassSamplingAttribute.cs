namespace Dsl;

/// <summary>
/// Batches by how frequent classes are: each sample is drawn by its class first, with probability p_j ∝ n_j^q, and then evenly
/// from the n_j samples of the class, with repetition (Kang et al. 2020, arXiv 1910.09217, equation 1).
/// </summary>
/// <remarks>
/// <para>q = 1 is instance-balanced, as are batches without this attribute; ½ takes square roots; 0 is class-balanced.
/// Labels are classes [N]; samples without a label, -100, never come.</para>
/// <para>An epoch has as many batches as one of all samples; in it a sample of a rare class comes several times, and some of a
/// frequent one not at all. The order is a function of the seed and the step, and of how far the run is where it is
/// progressive: a resumed run reads on where it stopped.</para>
/// </remarks>
/// <example><code>[CrossEntropy, BatchSize(64), ClassSampling(0.5)]</code> draws classes by the square roots of their
/// sizes.</example>
public sealed class ClassSamplingAttribute : RecipeAttribute
{
    /// <summary>Draws classes by a power of their sizes.</summary>
    /// <param name="exponent">q: 0 for every class alike.</param>
    public ClassSamplingAttribute(double exponent = 0) => Exponent = exponent;

    /// <summary>q, the power of the classes' sizes.</summary>
    [Interval("[0, 1]")]
    public double Exponent { get; }

    /// <summary>Whether the run begins instance-balanced and ends with q: p(t) = (1 − t/T)·p_1 + (t/T)·p_q at step t of T
    /// (equation 2 of the paper, which counts epochs).</summary>
    public bool Progressive { get; set; }
}
