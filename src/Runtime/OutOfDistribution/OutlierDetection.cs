using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How well a score tells samples like those of training from others; a high score says that it is one of the
/// former.</summary>
/// <param name="Auroc">The area under the ROC curve: the probability that one from within has the higher score of a pair, pairs
/// with equal scores counted half (Hanley and McNeil 1982). 0.5 is chance.</param>
/// <param name="FprAt95">The share of samples from outside that pass the highest threshold which at least 95 % of those from
/// within reach; to reach is to be at least as high.</param>
public sealed record OutlierDetection(double Auroc, double FprAt95)
{
    /// <summary>Compares scores.</summary>
    /// <param name="within">Those of samples like training's, [N] of floating-point numbers; an infinite one is allowed.</param>
    /// <param name="outside">Those of others, [M].</param>
    /// <exception cref="DataMismatchException">Scores of another shape or type, none, or one that is not a number.</exception>
    public static OutlierDetection Of(Tensor within, Tensor outside)
    {
        double[] positive = Sorted(within, "within"), negative = Sorted(outside, "outside");

        // For each from within how many from outside are below it, and at most as high.
        double wins = 0;
        int below = 0, reached = 0;
        foreach (double score in positive)
        {
            while (below < negative.Length && negative[below] < score) below++;
            while (reached < negative.Length && negative[reached] <= score) reached++;
            wins += (below + reached) / 2.0;
        }

        // ⌈0.95·N⌉ in whole numbers.
        long needed = (95L * positive.Length + 99) / 100;
        double threshold = positive[positive.Length - needed];
        return new(
            wins / positive.Length / negative.Length,
            (double)negative.Count(score => score >= threshold) / negative.Length);
    }

    private static double[] Sorted(Tensor scores, string name)
    {
        BatchPart.Require(scores, name);
        if (scores.dim() != 1 || scores.size(0) == 0 || !scores.is_floating_point())
        {
            throw new DataMismatchException(
                $"The scores {name} are [{string.Join(", ", scores.shape)}] of {scores.dtype}, but must be [N] of floating-point "
                + "numbers, one for each of at least one sample.");
        }

        using var exact = scores.to(ScalarType.Float64, copy: true);
        double[] numbers = EmbeddingRows.ToArray<double>(exact);
        int wrong = Array.FindIndex(numbers, double.IsNaN);
        if (wrong >= 0)
            throw new DataMismatchException($"The score {name} at place {wrong} is NaN: it can be compared with none.");
        Array.Sort(numbers);
        return numbers;
    }
}
