using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How sure a classifier is of samples, and how various its answers are: exp(mean KL(p(y|x) ‖ p(y))), p(y) the mean of p(y|x)
/// over the samples (Salimans et al. 2016, arXiv 1606.03498, section 4). It is in [1, K]. With an Inception network it is the
/// inception score.
/// </summary>
public static class InceptionScore
{
    /// <summary>The score of samples.</summary>
    /// <param name="logits">What a classifier says of them, [N, K].</param>
    /// <returns>In [1, K]; computed in double precision.</returns>
    /// <exception cref="DataMismatchException">The logits are no rows of finite numbers.</exception>
    public static double Of(Tensor logits)
    {
        EmbeddingRows.Require(logits, "logits of samples");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logProbabilities = logits.detach().to(ScalarType.Float64).log_softmax(1);
        var probabilities = logProbabilities.exp();
        var marginal = Aten.clamp(probabilities.mean([0L]), double.Epsilon, 1).log();
        return Math.Exp(Aten.item((probabilities * (logProbabilities - marginal)).sum(1).mean()));
    }
}
