using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Embedding;

public class EmbeddingsTests
{
    [Fact]
    public void Combined_rows_have_the_weighted_cosine()
    {
        using var scope = NewDisposeScope();
        using var first = new Runtime.Embeddings(rand(6, 3), arange(6), "a", "b", "c", "d", "e", "f");
        using var second = new Runtime.Embeddings(rand(6, 5), arange(6));
        using var both = Runtime.Embeddings.Combine((first, 2), (second, 1));
        Assert.Equal([6, 8], both.Features.shape);
        Assert.Equal(first.ClassNames, both.ClassNames);
        var expected = (4 * Cosines(first.Features) + Cosines(second.Features)) / 5;
        Assert.True(allclose(expected, Cosines(both.Features), 1e-5, 1e-6));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        Refuses("[N, D]", () => new Runtime.Embeddings(rand(4), arange(4)));
        Refuses("Int64", () => new Runtime.Embeddings(rand(4, 2), zeros(4)));
        Refuses("-100 at place 1", () => new Runtime.Embeddings(rand(2, 2), tensor([0L, -100L])));
        Refuses("NaN in row 0", () => new Runtime.Embeddings(full(2, 2, float.NaN), arange(2)));
        Refuses("names for 1 classes", () => new Runtime.Embeddings(rand(2, 2), arange(2), "a"));
        using var first = new Runtime.Embeddings(rand(2, 2), arange(2));
        using var other = new Runtime.Embeddings(rand(2, 2), zeros(2, ScalarType.Int64));
        using var zero = new Runtime.Embeddings(tensor([1f, 1f, 0f, 0f]).reshape(2, 2), arange(2));
        Refuses("Part 1", () => Runtime.Embeddings.Combine((first, 1), (other, 1)));
        Refuses("Row 1", () => Runtime.Embeddings.Combine((zero, 1)));
        Assert.Throws<ArgumentException>(() => Runtime.Embeddings.Combine((first, 0)));
    }

    private static void Refuses(string because, Action action) =>
        Assert.Contains(because, Assert.Throws<DataMismatchException>(action).Message, StringComparison.Ordinal);

    private static Tensor Cosines(Tensor rows)
    {
        var unit = rows / rows.square().sum(1, keepdim: true).sqrt();
        return unit.matmul(unit.t());
    }
}
