using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Queries and a gallery, made ready for distances in blocks. With the cosine all rows have length 1: half of the
/// squared length of a difference is then 1 − cos, without its cancellation.</summary>
internal sealed class ComparedRows : IDisposable
{
    private readonly EmbeddingDistance _distance;
    private readonly bool _leavesItselfOut;
    private readonly Side _queries, _gallery;

    /// <summary>Rows that are compared with each other, none with itself.</summary>
    /// <param name="features">[N, D].</param>
    /// <param name="distance">What is near.</param>
    /// <param name="type">The type of products; null for that of the features, float32 at least.</param>
    public ComparedRows(Tensor features, EmbeddingDistance distance, ScalarType? type = null)
    {
        EmbeddingRows.Require(features, "features");
        (_distance, _leavesItselfOut) = (Known(distance), true);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Ready(features, "features");
        _queries = _gallery = new Side(rows, Mean(rows), type ?? Wider(features, features));
    }

    /// <summary>Rows that are compared with those of a gallery.</summary>
    /// <param name="queries">[Q, D].</param>
    /// <param name="gallery">[N, D].</param>
    /// <param name="distance">What is near.</param>
    /// <param name="type">The type of products; null for the wider one of both, float32 at least.</param>
    public ComparedRows(Tensor queries, Tensor gallery, EmbeddingDistance distance, ScalarType? type = null)
    {
        EmbeddingRows.Require(queries, "queries");
        EmbeddingRows.Require(gallery, "gallery's rows");
        EmbeddingRows.RequireAlike(queries, "queries", gallery, "gallery's rows");
        _distance = Known(distance);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Ready(gallery, "gallery's rows");
        var mean = Mean(rows);
        _gallery = new Side(rows, mean, type ?? Wider(queries, gallery));
        _queries = new Side(Ready(queries, "queries"), mean, type ?? Wider(queries, gallery));
    }

    /// <summary>How many queries there are.</summary>
    public long Queries => _queries.Rows.size(0);

    /// <summary>How many rows the gallery has.</summary>
    public long Count => _gallery.Rows.size(0);

    /// <summary>How many of them a query can have for a neighbour.</summary>
    public long Choices => _leavesItselfOut ? Count - 1 : Count;

    /// <summary>How many numbers a row has.</summary>
    public long Dimension => _gallery.Rows.size(1);

    /// <summary>Where the rows are.</summary>
    public Device Device => _gallery.Rows.device;

    /// <summary>Squared lengths of differences by a matrix product; infinite between a row and itself where it is left
    /// out.</summary>
    /// <returns>[end − first, to − from]; belongs to the caller's scope.</returns>
    public Tensor Squares(long first, long end, long from, long to)
    {
        var queries = _queries.Centered.narrow(0, first, end - first);
        var gallery = _gallery.Centered.narrow(0, from, to - from);
        var squares = Aten.mul_(queries.matmul(gallery.t()), -2.0);
        Aten.add_(squares, _queries.Squares.narrow(0, first, end - first).unsqueeze(1));
        Aten.add_(squares, _gallery.Squares.narrow(0, from, to - from));
        Aten.clamp_min_(squares, 0.0);
        if (!_leavesItselfOut || Math.Max(first, from) >= Math.Min(end, to)) return squares;
        var itself = Aten.arange(first, end, squares.device).unsqueeze(1).eq(Aten.arange(from, to, squares.device));
        return Aten.masked_fill_(squares, itself, double.PositiveInfinity);
    }

    /// <summary>Distances to chosen rows of the gallery, from the differences in float64.</summary>
    /// <param name="first">The first query.</param>
    /// <param name="end">The query behind the last.</param>
    /// <param name="places">Rows for each query, [end − first, n] int64.</param>
    /// <returns>[end − first, n] float64; belongs to the caller's scope.</returns>
    public Tensor Measure(long first, long end, Tensor places)
    {
        var chosen = _gallery.Rows.index_select(0, places.flatten()).to_type(ScalarType.Float64);
        var queries = _queries.Rows.narrow(0, first, end - first).to_type(ScalarType.Float64).unsqueeze(1);
        var differences = chosen.reshape(places.size(0), places.size(1), -1).sub(queries);
        var squares = differences.mul(differences).sum(2);
        return _distance == EmbeddingDistance.Cosine ? Aten.mul(squares, 0.5) : squares.sqrt();
    }

    public void Dispose()
    {
        _queries.Dispose();
        _gallery.Dispose();
    }

    private static EmbeddingDistance Known(EmbeddingDistance distance) => Enum.IsDefined(distance)
        ? distance
        : throw new ArgumentOutOfRangeException(nameof(distance), distance, "There is no such distance.");

    private Tensor Ready(Tensor rows, string name) =>
        _distance == EmbeddingDistance.Cosine ? EmbeddingRows.Normalized(rows, name) : rows.detach();

    private static Tensor Mean(Tensor rows) => rows.mean([0], true, ScalarType.Float64);

    private static ScalarType Wider(Tensor a, Tensor b) =>
        a.dtype == ScalarType.Float64 || b.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>Rows as they are measured, and as they are multiplied: less a mean, with the squares of their lengths.</summary>
    private sealed class Side : IDisposable
    {
        public Side(Tensor rows, Tensor mean, ScalarType type)
        {
            Rows = rows.DetachFromDisposeScope();
            Centered = rows.to_type(ScalarType.Float64).sub(mean).to_type(type).DetachFromDisposeScope();
            Squares = Centered.mul(Centered).sum(1).DetachFromDisposeScope();
        }

        public Tensor Rows { get; }

        public Tensor Centered { get; }

        public Tensor Squares { get; }

        public void Dispose()
        {
            Rows.Dispose();
            Centered.Dispose();
            Squares.Dispose();
        }
    }
}
