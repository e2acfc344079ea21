namespace Dsl.Runtime;

/// <summary>
/// A teacher without a network: probability a on the true class, (1 − a)/(K − 1) on each other one, softened to the normalised
/// power 1/T (Yuan et al. 2020, arXiv 1909.11723).
/// </summary>
public static class VirtualTeacher
{
    /// <summary>The softened probability of the true class.</summary>
    /// <param name="correct">Probability a, in (0, 1).</param>
    /// <param name="temperature">Temperature T, above 0.</param>
    /// <param name="classes">Number K of classes, at least 2.</param>
    public static double Correct(double correct, double temperature, int classes)
    {
        // a^(1/T) / (a^(1/T) + (K − 1)·((1 − a)/(K − 1))^(1/T)), without a power that could underflow.
        double ratio = Math.Exp((Math.Log((1 - correct) / (classes - 1)) - Math.Log(correct)) / temperature);
        return 1 / (1 + ((classes - 1) * ratio));
    }

    /// <summary>The softened probability of each other class.</summary>
    /// <param name="correct">Probability a, in (0, 1).</param>
    /// <param name="temperature">Temperature T, above 0.</param>
    /// <param name="classes">Number K of classes, at least 2.</param>
    public static double Other(double correct, double temperature, int classes)
    {
        double ratio = Math.Exp((Math.Log((1 - correct) / (classes - 1)) - Math.Log(correct)) / temperature);
        return ratio / (1 + ((classes - 1) * ratio));
    }

    /// <summary>The entropy of the softened distribution, in nats.</summary>
    /// <param name="correct">Probability a, in (0, 1).</param>
    /// <param name="temperature">Temperature T, above 0.</param>
    /// <param name="classes">Number K of classes, at least 2.</param>
    public static double Entropy(double correct, double temperature, int classes)
    {
        double own = Correct(correct, temperature, classes), other = Other(correct, temperature, classes);
        return -Weighted(own) - ((classes - 1) * Weighted(other));
    }

    // p·log p, 0 where p has underflowed.
    private static double Weighted(double probability) => probability > 0 ? probability * Math.Log(probability) : 0;
}
