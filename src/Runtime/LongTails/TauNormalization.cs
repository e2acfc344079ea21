using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Classifiers whose rows for frequent classes are brought back to the length of the others, w_c/‖w_c‖^τ without a bias
/// (Kang et al. 2020, arXiv 1910.09217, equation 4): nothing is trained for it.
/// </summary>
public static class TauNormalization
{
    /// <summary>Divides each row of a linear head's weight by its length to the power of τ, in place, and sets the bias to
    /// 0.</summary>
    /// <param name="weight">[K, D], a row for each class.</param>
    /// <param name="bias">[K]; null where the head has none.</param>
    /// <param name="tau">τ, in [0, 2]: 0 leaves the weight as it is, 1 gives every class the length 1. It is chosen on
    /// validation data, habitually in [0, 1].</param>
    /// <exception cref="ArgumentException">A weight that is no matrix, or a bias of another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">τ is out of range.</exception>
    public static void Apply(Tensor weight, Tensor? bias = null, double tau = 1)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Hyperparameter.Check(tau, "[0, 2]", nameof(tau));
        if (weight.dim() != 2)
        {
            throw new ArgumentException(
                $"The weight of a linear head is [K, D], but this one is [{string.Join(", ", weight.shape)}].", nameof(weight));
        }

        if (bias is not null && (bias.dim() != 1 || bias.size(0) != weight.size(0)))
        {
            throw new ArgumentException(
                $"The bias is [{string.Join(", ", bias.shape)}], but the weight has {weight.size(0)} classes.", nameof(bias));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // A row of zeros has no direction: it stays as it is.
        var lengths = weight.mul(weight).sum(1, keepdim: true).sqrt();
        weight.mul_(Aten.pow(Aten.masked_fill(lengths, Aten.eq(lengths, 0), 1), -tau));
        bias?.zero_();
    }
}
