using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How near a data set is to the classes that a network is trained on: log of the mean, over its samples, of the probability that
/// classifiers of both, trained on both, give to the classes within (arXiv 2007.05566, section 4). Near 0 they are hard to tell
/// apart, and so is what is out of distribution; far below 0 easy.
/// </summary>
/// <remarks>The classifiers must have been trained on the classes of both sides. One that never saw those outside says nothing
/// here.</remarks>
public static class ConfusionLogProbability
{
    /// <summary>Computes it from an ensemble.</summary>
    /// <param name="logits">What each member says of the samples from outside, [M, K] with K the classes of both sides.</param>
    /// <param name="classesWithin">Those of the K that are within, each once.</param>
    /// <returns>At most 0; negative infinity where no class within is ever given a probability.</returns>
    /// <exception cref="ArgumentException">No member, no class, or one that is not there or said twice.</exception>
    /// <exception cref="DataMismatchException">Logits that are not [M, K] alike and finite.</exception>
    public static double Of(IReadOnlyList<Tensor> logits, params ReadOnlySpan<long> classesWithin)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.Count == 0)
            throw new ArgumentException("There is no member: give the logits of at least one classifier.", nameof(logits));
        for (int i = 0; i < logits.Count; i++)
        {
            EmbeddingRows.Require(logits[i], $"logits of member {i}");
            if (logits[i].shape.AsSpan().SequenceEqual(logits[0].shape)) continue;
            throw new DataMismatchException(
                $"The logits of member {i} are [{string.Join(", ", logits[i].shape)}], and those of member 0 "
                + $"[{string.Join(", ", logits[0].shape)}]: members speak of the same samples and classes.");
        }

        long[] within = classesWithin.ToArray();
        long all = logits[0].size(1);
        if (within.Length == 0 || within.Distinct().Count() < within.Length || within.Any(each => each < 0 || each >= all))
        {
            throw new ArgumentException(
                $"The classes within are [{string.Join(", ", within)}], but must be some of 0, ..., {all - 1}, each once.",
                nameof(classesWithin));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var places = tensor(within, device: logits[0].device);
        double sum = logits.Sum(member =>
            Aten.item(member.detach().to_type(ScalarType.Float64).softmax(1).index_select(1, places).sum()));
        return Math.Log(sum / logits.Count / logits[0].size(0));
    }
}
