using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A long sequence of tokens as parallel streams that are read part by part, with the token that follows every place as its
/// label: for <c>[TruncatedBackpropagation]</c>, whose batches then follow on one another (Zaremba et al. 2014, arXiv 1409.2329,
/// section 4.1).
/// </summary>
/// <remarks>The sequence is cut into B streams of ⌊L / B⌋ tokens, and each of them into parts of T; what fills no stream,
/// or no part with the token behind it, is left out.</remarks>
public sealed class TokenStreams : ILabeledDataSource, IParallelStreams, IDisposable
{
    private readonly Tensor _tokens;
    private readonly Tensor _places;
    private readonly long _length;
    private readonly long _each;

    /// <summary>Takes a sequence over; it lives until <see cref="Dispose"/>, whatever dispose scope is open.</summary>
    /// <param name="tokens">[L] int64.</param>
    /// <param name="length">T, the places of a part: those of the model.</param>
    /// <param name="streams">B, as many as a batch has samples.</param>
    /// <exception cref="ArgumentException">The tokens are no sequence of integers, or too few for a part in each
    /// stream.</exception>
    public TokenStreams(Tensor tokens, int length, int streams)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        if (tokens.dim() != 1 || tokens.dtype != ScalarType.Int64)
        {
            throw new ArgumentException(
                $"Tokens are [L] int64, but these are [{string.Join(", ", tokens.shape)}] {tokens.dtype}.", nameof(tokens));
        }

        _each = tokens.size(0) / streams;
        if (_each <= length)
        {
            throw new ArgumentException(
                $"{tokens.size(0)} tokens in {streams} streams are {_each} in each, but a part of {length} and the one behind it "
                + $"are {length + 1}: take fewer streams or shorter parts.", nameof(tokens));
        }

        _tokens = tokens.DetachFromDisposeScope();
        _places = Aten.arange(0, length, tokens.device).DetachFromDisposeScope();
        (_length, Streams) = (length, streams);
        Count = (_each - 1) / length * streams;
    }

    /// <inheritdoc/>
    public int Streams { get; }

    /// <summary>Parts of all streams together.</summary>
    public long Count { get; }

    /// <summary>The tokens of some parts, [B, T].</summary>
    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Read(indices, 0);

    /// <summary>For each token of some parts the one that follows it, [B, T].</summary>
    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Read(indices, 1);

    /// <summary>Frees the sequence.</summary>
    public void Dispose()
    {
        _tokens.Dispose();
        _places.Dispose();
    }

    private Tensor Read(Tensor indices, long offset)
    {
        ArgumentNullException.ThrowIfNull(indices);
        DisposedData.Require(_tokens, this);
        using var scope = NewDisposeScope();
        var here = indices.to(_tokens.device);
        var part = Aten.floor_divide(here, Streams);
        var stream = here.sub(Aten.mul(part, Streams));
        var starts = Aten.add(Aten.mul(stream, _each), Aten.mul(part, _length)).unsqueeze(1);
        var places = Aten.add(Aten.add(starts, _places), offset);
        return _tokens.index_select(0, places.reshape(-1)).reshape(places.shape).MoveToOuterDisposeScope();
    }
}
