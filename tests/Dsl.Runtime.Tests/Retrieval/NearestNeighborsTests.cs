using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Retrieval;

public class NearestNeighborsTests
{
    [Theory]
    [InlineData(EmbeddingDistance.Euclidean)]
    [InlineData(EmbeddingDistance.Cosine)]
    public void Neighbours_are_those_of_the_golden(EmbeddingDistance distance)
    {
        var golden = new EmbeddingGolden("retrieval");
        string name = distance == EmbeddingDistance.Cosine ? "cosine" : "euclidean";
        using var found = NearestNeighbors.FindOthers(golden["features"], 7, distance);
        Assert.Equal(golden.Integers($"{name}.nearest"), found.Indices.data<long>().ToArray());
        golden.Matches($"{name}.distances", found.Distances);
    }

    // Blocks of the gallery have 16384 rows, of the queries 1024 at most.
    [Fact]
    public void Blocks_do_not_show()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        Tensor gallery = rand([40_000, 3], generator: generator), queries = rand([1500, 3], generator: generator);
        using var found = NearestNeighbors.Find(queries, gallery, 5);
        var (values, places) = cdist(queries.to(ScalarType.Float64), gallery.to(ScalarType.Float64)).topk(5, 1, largest: false);
        Assert.True(places.equal(found.Indices).all().item<bool>());
        Assert.True(allclose(values, found.Distances, 1e-9, 1e-12));
    }

    [Fact]
    public void Equal_distances_go_by_place_however_many_there_are()
    {
        using var scope = NewDisposeScope();
        var gallery = zeros(50_000, 2);
        gallery[tensor([7L, 123L, 40_000L])] = tensor([5f, 5f]);
        using var found = NearestNeighbors.Find(tensor([5f, 5f, 0f, 0f]).reshape(2, 2), gallery, 5);
        Assert.Equal([7, 123, 40_000, 0, 1, 0, 1, 2, 3, 4], found.Indices.data<long>().ToArray());
        using var others = NearestNeighbors.FindOthers(gallery.narrow(0, 0, 3000), 3);
        Assert.Equal([1, 2, 3], others.Indices[0].data<long>().ToArray());
        Assert.Equal([0, 1, 2], others.Indices[2999].data<long>().ToArray());
        Assert.Equal([123, 0, 1], others.Indices[7].data<long>().ToArray());
    }

    // A product of such rows leaves three digits of a distance.
    [Fact]
    public void A_large_mean_and_near_rows_leave_the_order_right()
    {
        using var scope = NewDisposeScope();
        var gallery = Enumerable.Range(0, 40).Select(i => 5000f + i / 64f).ToArray();
        using var found = NearestNeighbors.FindOthers(tensor(gallery).reshape(40, 1), 2);
        Assert.Equal([1, 2], found.Indices[0].data<long>().ToArray());
        Assert.Equal([38, 37], found.Indices[39].data<long>().ToArray());
        Assert.Equal([1 / 64.0, 1 / 64.0], found.Distances[20].data<double>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float64)]
    public void Other_types_of_numbers(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var rows = tensor([0.0, 1.0, 3.0, 7.0]).reshape(4, 1).to(type);
        using var found = NearestNeighbors.FindOthers(rows, 3);
        Assert.Equal([1, 2, 3, 0, 2, 3, 1, 0, 3, 2, 1, 0], found.Indices.data<long>().ToArray());
    }

    [Fact]
    public void What_cannot_be_found_is_said()
    {
        using var scope = NewDisposeScope();
        var few = Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbors.FindOthers(rand(3, 2), 3));
        Assert.Contains("There are 2 rows", few.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbors.Find(rand(3, 2), rand(4, 2), 0));
        var zero = Assert.Throws<DataMismatchException>(
            () => NearestNeighbors.Find(rand(3, 2), zeros(4, 2), 1, EmbeddingDistance.Cosine));
        Assert.Contains("Row 0 of the gallery's rows is zero", zero.Message, StringComparison.Ordinal);
        var wide = Assert.Throws<DataMismatchException>(() => NearestNeighbors.Find(rand(3, 2), rand(4, 5), 1));
        Assert.Contains("2 columns and the gallery's rows 5", wide.Message, StringComparison.Ordinal);
    }
}
