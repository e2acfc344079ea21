namespace Dsl;

/// <summary>The distribution towards which labels are smoothed.</summary>
public enum Smoothing
{
    /// <summary>1/K for each class, the true one included.</summary>
    Uniform,

    /// <summary>How often each class occurs: as given, or as counted in the labels of the training data.</summary>
    Unigram,
}
