using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Retrieval;

public class RetrievalMetricsTests
{
    [Theory]
    [InlineData(EmbeddingDistance.Euclidean, true)]
    [InlineData(EmbeddingDistance.Euclidean, false)]
    [InlineData(EmbeddingDistance.Cosine, true)]
    public void Numbers_are_those_of_the_golden(EmbeddingDistance distance, bool whole)
    {
        var golden = new EmbeddingGolden("retrieval");
        string name = distance == EmbeddingDistance.Cosine ? "cosine" : "euclidean";
        var found = RetrievalMetrics.Evaluate(golden["features"], golden["labels"], [1, 4, 10], distance, whole);
        double[] numbers = golden.Numbers($"{name}.numbers");
        golden.Matches($"{name}.at", [.. found.Cutoffs.SelectMany(at => new[] { at.Recall, at.Ndcg })]);
        Assert.Equal(numbers[1], found.MeanAveragePrecisionAtR, 1e-12);
        Assert.Equal((60, 1), (found.Queries, found.WithoutMatch));
        Assert.Equal(1, numbers[2]);
        if (whole) Assert.Equal(numbers[0], found.MeanAveragePrecision!.Value, 1e-12);
        else Assert.Null(found.MeanAveragePrecision);
        Assert.Contains("1 more whose class has no other sample", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gallery_that_holds_the_queries_is_right_at_once()
    {
        using var scope = NewDisposeScope();
        Tensor features = rand(20, 3), labels = arange(20);
        var found = RetrievalMetrics.Evaluate(features, labels, features, labels, [1, 3]);
        Assert.Equal(1, found.MeanAveragePrecision);
        Assert.Equal([(1, 1.0, 1.0), (3, 1.0, 1.0)], found.Cutoffs.Select(at => (at.K, at.Recall, at.Ndcg)));
    }

    // A class at each end of a line, and one row of another between: counted by hand.
    [Fact]
    public void By_hand()
    {
        using var scope = NewDisposeScope();
        var features = tensor([0f, 3f, 4f]).reshape(3, 1);
        var found = RetrievalMetrics.Evaluate(features, tensor([0L, 1L, 0L]), [1, 2]);
        Assert.Equal((2, 1), (found.Queries, found.WithoutMatch));
        Assert.Equal(0.5, found.MeanAveragePrecision);
        Assert.Equal(0, found.MeanAveragePrecisionAtR);
        Assert.Equal([0.0, 1.0], found.Cutoffs.Select(at => at.Recall));
        Assert.Equal(1 / Math.Log2(3), found.Cutoffs[1].Ndcg, 1e-12);
    }

    [Fact]
    public void Graded_gains()
    {
        // Järvelin and Kekäläinen's example of gains, with the discount log2(1 + rank).
        double[] gains = [3, 2, 3, 0, 0, 1, 2, 2, 3, 0];
        double expected = gains.Select((gain, i) => gain / Math.Log2(i + 2)).Take(5).Sum();
        double best = new double[] { 3, 3, 3, 2, 2 }.Select((gain, i) => gain / Math.Log2(i + 2)).Sum();
        Assert.Equal(expected, DiscountedGain.Of(gains, 5), 1e-12);
        Assert.Equal(expected / best, DiscountedGain.Normalized(gains, 5)!.Value, 1e-12);
        Assert.Null(DiscountedGain.Normalized([0, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscountedGain.Of([1, -1], 1));
    }

    [Fact]
    public void What_cannot_be_ranked_is_said()
    {
        using var scope = NewDisposeScope();
        var alone = Assert.Throws<DataMismatchException>(() => RetrievalMetrics.Evaluate(rand(3, 2), arange(3), [1]));
        Assert.Contains("None of the 3 rows has another one of its class", alone.Message, StringComparison.Ordinal);
        var foreign = Assert.Throws<DataMismatchException>(
            () => RetrievalMetrics.Evaluate(rand(2, 2), tensor([5L, 6L]), rand(3, 2), arange(3), [1]));
        Assert.Contains("no row of any query's class", foreign.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RetrievalMetrics.Evaluate(rand(3, 2), zeros(3, ScalarType.Int64), [3]));
        Assert.Throws<ArgumentException>(() => RetrievalMetrics.Evaluate(rand(3, 2), zeros(3, ScalarType.Int64), []));
    }
}
