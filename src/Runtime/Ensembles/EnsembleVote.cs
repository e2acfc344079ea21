namespace Dsl.Runtime;

/// <summary>How the members of an ensemble become one classifier.</summary>
public enum EnsembleVote
{
    /// <summary>The mean of their probabilities, by their weights: Σ w_m softmax(z_m).</summary>
    Probabilities,

    /// <summary>A vote of each for its likeliest class, by their weights: the logits are 1/(K − 1)·Σ w_m c_m with 1 for
    /// the class that member m votes for and −1/(K − 1) for the others, whose softmax are boosting's probabilities (Zhu
    /// et al. 2009, Statistics and Its Interface 2, equations 4 and 9).</summary>
    Classes,
}
