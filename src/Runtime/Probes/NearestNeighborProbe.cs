using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What the nearest training samples say of test samples: how well classes lie apart without anything being
/// fitted.</summary>
/// <param name="Predicted">The class of each test row.</param>
/// <param name="Accuracy">The share of test rows that are of the predicted class.</param>
public sealed record NearestNeighborProbe(IReadOnlyList<long> Predicted, double Accuracy)
{
    /// <summary>The class that most of the k nearest have; of classes with equally many the one that comes first in the order of
    /// distance.</summary>
    /// <param name="trainFeatures">[N, D] of finite floating-point numbers.</param>
    /// <param name="trainLabels">[N] int64, classes.</param>
    /// <param name="testFeatures">[M, D], on the same device.</param>
    /// <param name="testLabels">[M] int64.</param>
    /// <param name="neighbors">k, in [1, N].</param>
    /// <param name="distance">What is near.</param>
    /// <exception cref="DataMismatchException">Features or labels that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k training rows.</exception>
    public static NearestNeighborProbe Majority(
        Tensor trainFeatures, Tensor trainLabels, Tensor testFeatures, Tensor testLabels, int neighbors = 5,
        EmbeddingDistance distance = EmbeddingDistance.Euclidean) =>
        Vote(trainFeatures, trainLabels, testFeatures, testLabels, neighbors, distance, _ => 1);

    /// <summary>The class with the largest sum of exp(cos/τ) over those of the k nearest, by the cosine, that have it (arXiv
    /// 1805.01978, section 3.4).</summary>
    /// <param name="trainFeatures">[N, D] of finite floating-point numbers; no row is zero everywhere.</param>
    /// <param name="trainLabels">[N] int64, classes.</param>
    /// <param name="testFeatures">[M, D], on the same device.</param>
    /// <param name="testLabels">[M] int64.</param>
    /// <param name="neighbors">k, in [1, N]. The paper's is 200.</param>
    /// <param name="temperature">τ, above 0. The paper's is 0.07.</param>
    /// <exception cref="DataMismatchException">Features or labels that do not fit, or a row of zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k training rows, or a temperature that is not above
    /// 0.</exception>
    public static NearestNeighborProbe Weighted(
        Tensor trainFeatures, Tensor trainLabels, Tensor testFeatures, Tensor testLabels, int neighbors = 200,
        double temperature = 0.07)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0.");

        // exp((cos − 1)/τ) is the same vote, and does not overflow where τ is small.
        return Vote(
            trainFeatures, trainLabels, testFeatures, testLabels, neighbors, EmbeddingDistance.Cosine,
            distance => Math.Exp(-distance / temperature));
    }

    /// <summary>The accuracy, and how many rows it is of.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"accuracy {EvaluationText.Number(Accuracy)} ({Predicted.Count} predictions)");

    private static NearestNeighborProbe Vote(
        Tensor trainFeatures, Tensor trainLabels, Tensor testFeatures, Tensor testLabels, int neighbors,
        EmbeddingDistance distance, Func<double, double> weight)
    {
        EmbeddingRows.Require(trainFeatures, "training features");
        EmbeddingRows.Require(testFeatures, "test features");
        long[] known = EmbeddingRows.Labels(trainLabels, trainFeatures, "training labels");
        long[] actual = EmbeddingRows.Labels(testLabels, testFeatures, "test labels");
        using var rows = new ComparedRows(testFeatures, trainFeatures, distance);
        var predicted = new List<long>(actual.Length);
        foreach (var (_, found) in NearestNeighbors.ByBlocks(rows, neighbors))
        {
            using (found)
            {
                long[] places = EmbeddingRows.ToArray<long>(found.Indices);
                double[] distances = EmbeddingRows.ToArray<double>(found.Distances);
                for (int from = 0; from < places.Length; from += neighbors)
                {
                    predicted.Add(Winner(
                        places.AsSpan(from, neighbors), distances.AsSpan(from, neighbors), known, weight));
                }
            }
        }

        return new(predicted, (double)predicted.Zip(actual).Count(pair => pair.First == pair.Second) / actual.Length);
    }

    private static long Winner(
        ReadOnlySpan<long> places, ReadOnlySpan<double> distances, long[] known, Func<double, double> weight)
    {
        // In the order of their nearest: the first one with the most votes is taken.
        var classes = new List<long>();
        var votes = new List<double>();
        for (int i = 0; i < places.Length; i++)
        {
            long of = known[places[i]];
            int place = classes.IndexOf(of);
            if (place < 0)
            {
                place = classes.Count;
                classes.Add(of);
                votes.Add(0);
            }

            votes[place] += weight(distances[i]);
        }

        return classes[votes.IndexOf(votes.Max())];
    }
}
