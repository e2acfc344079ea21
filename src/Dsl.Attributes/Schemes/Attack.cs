namespace Dsl;

/// <summary>How an input is sought in which the network errs, by the gradient of its loss.</summary>
public enum Attack
{
    /// <summary>Projected gradient descent: steps, each brought back into the ball of ε and into the declared range (Madry
    /// et al. 2018, arXiv 1706.06083, section 2.1).</summary>
    Pgd,

    /// <summary>The fast gradient sign method: one step of length ε from the input itself (Goodfellow et al. 2015, arXiv
    /// 1412.6572, section 4).</summary>
    Fgsm,
}
