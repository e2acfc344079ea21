using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The negative log-likelihood of labels, and its derivative, in the memory of a step. Null stands for what no loop of
/// ours can go over, and for a label that is no class: libtorch then says so.</summary>
internal static unsafe class LikelihoodLoop
{
    /// <summary>The loss, and what the labels weigh, which is 0 where each row has its own loss.</summary>
    /// <param name="logProbabilities">[M, K].</param>
    /// <param name="labels">[M].</param>
    /// <param name="weights">[K], or null.</param>
    /// <param name="reduction">0 for none, 1 for the mean, 2 for the sum.</param>
    /// <param name="ignored">The label of rows that do not count.</param>
    public static (Tensor Loss, Tensor TotalWeight)? TryRun(
        Tensor logProbabilities, Tensor labels, Tensor? weights, long reduction, long ignored)
    {
        if (!TryFind(logProbabilities, labels, weights, ignored, out var x, out var classes, out float* factors)) return null;
        long columns = x.Sizes[1];
        var losses = reduction == 0 ? TensorMemory.Empty(x.Sizes[0]) : null;
        float* each = losses is null ? null : (float*)TensorMemory.Pointer(losses);
        double sum = 0, total = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            bool counts = classes[row] != ignored;
            float weight = !counts ? 0 : factors == null ? 1 : factors[classes[row]];
            float loss = counts ? -weight * x.Data[row * columns + classes[row]] : 0;
            if (each != null) each[row] = loss;
            sum += loss;
            total += weight;
        }

        GC.KeepAlive(logProbabilities);
        GC.KeepAlive(labels);
        GC.KeepAlive(weights);
        return losses is not null ? (losses, TensorMemory.Number(0))
            : (TensorMemory.Number((float)(reduction == 1 ? sum / total : sum)), TensorMemory.Number((float)total));
    }

    /// <summary>The gradient of the log-probabilities, [M, K]. That of the loss is [M] where each row has its own.</summary>
    public static Tensor? TryRunBackward(
        Tensor gradient, Tensor logProbabilities, Tensor labels, Tensor? weights, long reduction, long ignored,
        Tensor totalWeight)
    {
        if (!TryFind(logProbabilities, labels, weights, ignored, out var x, out var classes, out float* factors)
            || !TensorLayout.TryOf(gradient, out var gradients) || !TensorLayout.TryOf(totalWeight, out var total)
            || total.Count != 1 || (gradients.Count != (reduction == 0 ? classes.Length : 1) && !gradients.IsRepeated)
            || (!gradients.IsPlain && !gradients.IsRepeated)) return null;
        long columns = x.Sizes[1];
        bool isOne = reduction != 0 || gradients.IsRepeated;
        float divisor = reduction == 1 ? *total.Data : 1;
        if (JoinLoop.TryZeros(logProbabilities) is not { } output) return null;
        float* to = (float*)TensorMemory.Pointer(output);
        for (int row = 0; row < classes.Length; row++)
        {
            if (classes[row] == ignored) continue;
            float weight = factors == null ? 1 : factors[classes[row]];
            to[row * columns + classes[row]] = -weight * gradients.Data[isOne ? 0 : row] / divisor;
        }

        GC.KeepAlive(gradient);
        GC.KeepAlive(labels);
        GC.KeepAlive(weights);
        GC.KeepAlive(totalWeight);
        return output;
    }

    private static bool TryFind(
        Tensor logProbabilities, Tensor labels, Tensor? weights, long ignored, out TensorLayout x,
        out ReadOnlySpan<long> classes, out float* factors)
    {
        factors = null;
        classes = default;
        x = default;
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(logProbabilities, out x) || x.Rank != 2 || !x.IsPlain
            || !TensorMemory.TryIndices(labels, out classes) || classes.Length != x.Sizes[0]) return false;
        if (weights is not null)
        {
            if (!TensorLayout.TryOf(weights, out var ofClasses) || ofClasses.Rank != 1 || ofClasses.Sizes[0] != x.Sizes[1]
                || !ofClasses.IsPlain) return false;
            factors = ofClasses.Data;
        }

        foreach (long label in classes)
            if (label != ignored && (ulong)label >= (ulong)x.Sizes[1]) return false;
        return true;
    }
}
