using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Retrieval;

public class ReciprocalRankingTests
{
    [Theory]
    [InlineData(EmbeddingDistance.Euclidean)]
    [InlineData(EmbeddingDistance.Cosine)]
    public void Rankings_are_those_of_the_golden(EmbeddingDistance distance)
    {
        var golden = new EmbeddingGolden("reciprocal");
        string name = distance == EmbeddingDistance.Cosine ? "cosine" : "euclidean";
        int rows = (int)golden["gallery"].size(0);
        using var found = ReciprocalRanking.Find(golden["queries"], golden["gallery"], rows, 7, 3, 0.3, distance);
        golden.Matches($"{name}.distances", found.Distances, 1e-6);
        Assert.Equal(golden.Integers($"{name}.places"), found.Indices.data<long>().ToArray());
    }

    // On a line: the query at 0, a row at 1, and a group at −1.2, −1.25 and −1.3. Of one neighbour each, 0 and 1 have one
    // another; the group has its own. Mutual neighbours alone (λ = 0) put what is not mutual behind.
    [Fact]
    public void By_hand()
    {
        using var scope = NewDisposeScope();
        Tensor query = tensor([0.0]).reshape(1, 1), gallery = tensor([1, -1.2, -1.25, -1.3]).reshape(4, 1);
        using var found = ReciprocalRanking.Find(
            query, gallery, 4, neighbors: 1, averaged: 1, weight: 0, EmbeddingDistance.Euclidean);
        Assert.Equal(0, found.Indices[0, 0].ToInt64());

        // Squares divided by the largest of a row: of the query 1.69, of the row at 1 5.29; vectors (q, 1) with exp(−d).
        double toRow = Math.Exp(-1 / 1.69), toQuery = Math.Exp(-1 / 5.29);
        double smaller = Math.Min(1 / (1 + toRow), toQuery / (1 + toQuery)) + Math.Min(toRow / (1 + toRow), 1 / (1 + toQuery));
        Assert.Equal(1 - (smaller / (2 - smaller)), found.Distances[0, 0].ToDouble(), 1e-6);
        Assert.All(found.Distances[0].data<double>().ToArray()[1..], distance => Assert.Equal(1, distance, 1e-12));
    }

    [Fact]
    public void With_the_first_distance_alone_the_order_is_the_first()
    {
        using var scope = NewDisposeScope();
        Tensor queries = randn(5, 4), gallery = randn(30, 4);
        using var plain = NearestNeighbors.Find(queries, gallery, 10, EmbeddingDistance.Cosine);
        using var found = ReciprocalRanking.Find(queries, gallery, 10, 5, 2, weight: 1);
        Assert.Equal(plain.Indices.data<long>().ToArray(), found.Indices.data<long>().ToArray());
    }

    [Fact]
    public void Numbers_outside_of_their_range_are_refused()
    {
        using var scope = NewDisposeScope();
        Tensor rows = randn(4, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => ReciprocalRanking.Find(rows, rows, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReciprocalRanking.Find(rows, rows, 2, neighbors: 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReciprocalRanking.Find(rows, rows, 2, neighbors: 3, averaged: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReciprocalRanking.Find(rows, rows, 2, 3, 1, weight: 1.5));
    }
}
