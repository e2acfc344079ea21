namespace Dsl;

/// <summary>An objective of classes that can weigh them.</summary>
public abstract class ClassObjectiveAttribute : ReducedObjectiveAttribute
{
    /// <summary>A weight for each of the K classes, in the order of the labels; all 1 when left out.</summary>
    [Interval("[0, inf)")]
    public double[]? ClassWeights { get; set; }

    /// <summary>
    /// β of weights by the effective number of samples, w_j ∝ (1 − β)/(1 − β^n_j), which sum to K; n_j is how many
    /// samples the class has (Cui et al. 2019, arXiv 1901.05555, equation 8). 0 for none; 0.9, 0.99, 0.999 or 0.9999 in the
    /// paper; 1 is the limit 1/n_j.
    /// </summary>
    /// <remarks>In place of <see cref="ClassWeights"/>, and used as these are. A class without a sample weighs 0.</remarks>
    [Interval("[0, 1]")]
    public double ClassBalance { get; set; }

    /// <summary>How many samples each class has, for what depends on it; when left out, <c>Fit</c> counts the labels.</summary>
    [Interval("[0, inf)")]
    public double[]? ClassCounts { get; set; }

    /// <summary>Epochs before which every class counts 1, and its weight from then on: deferred re-weighting (Cao et al. 2019,
    /// arXiv 1906.07413, algorithm 1); 0 for none.</summary>
    [Interval("[0, inf)")]
    public int DeferEpochs { get; set; }

    /// <summary>The same in steps; 0 for none.</summary>
    [Interval("[0, inf)")]
    public int DeferSteps { get; set; }
}
