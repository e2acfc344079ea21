namespace Dsl;

/// <summary>How the predictions of several teachers become one. The two are different targets, so that one is chosen
/// explicitly.</summary>
public enum Ensemble
{
    /// <summary>There is a single teacher.</summary>
    None,

    /// <summary>The mean of the softened probabilities, (1/M) Σₘ softmax(zₘ/T): a class that one teacher is sure of keeps its
    /// share.</summary>
    Arithmetic,

    /// <summary>The normalised geometric mean of the softened probabilities, softmax of the mean logits (1/M) Σₘ zₘ/T: a class
    /// that one teacher rules out is ruled out.</summary>
    Geometric,
}
