using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Windows of a long sequence of tokens, each with the token that follows every position as its label.</summary>
public sealed class TokenWindows : ILabeledDataSource, IDisposable
{
    private readonly Tensor _tokens;
    private readonly Tensor _positions;
    private readonly long _stride;

    /// <summary>Takes a sequence over; it lives until <see cref="Dispose"/>, whatever dispose scope is open.</summary>
    /// <param name="tokens">[L] int64.</param>
    /// <param name="length">Tokens T of a window, at least 1 and less than L.</param>
    /// <param name="stride">Tokens from the start of a window to that of the next: 1 for every window there is, T for windows
    /// side by side.</param>
    /// <exception cref="ArgumentException">The tokens are no sequence of integers, or too few for one window.</exception>
    public TokenWindows(Tensor tokens, long length, long stride = 1)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        if (tokens.dim() != 1 || tokens.dtype != ScalarType.Int64)
            throw new ArgumentException(
                $"Tokens are [L] int64, but these are [{string.Join(", ", tokens.shape)}] {tokens.dtype}.", nameof(tokens));
        if (tokens.size(0) <= length)
            throw new ArgumentException(
                $"A window of {length} tokens and the one after it do not fit into {tokens.size(0)}.", nameof(tokens));
        _tokens = tokens.DetachFromDisposeScope();
        _positions = Aten.arange(0, length, tokens.device).DetachFromDisposeScope();
        _stride = stride;
        Count = ((tokens.size(0) - length - 1) / stride) + 1;
    }

    /// <summary>Number of windows.</summary>
    public long Count { get; }

    /// <summary>The tokens of some windows, [B, T].</summary>
    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Read(indices, 0);

    /// <summary>For each token of some windows the one that follows it, [B, T].</summary>
    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Read(indices, 1);

    /// <summary>Frees the sequence.</summary>
    public void Dispose()
    {
        _tokens.Dispose();
        _positions.Dispose();
    }

    private Tensor Read(Tensor indices, long offset)
    {
        ArgumentNullException.ThrowIfNull(indices);
        DisposedData.Require(_tokens, this);
        using var scope = NewDisposeScope();
        var starts = Aten.mul(indices.to(_tokens.device), _stride).unsqueeze(1);
        var places = Aten.add(Aten.add(starts, _positions), offset);
        return _tokens.index_select(0, places.reshape(-1)).reshape(places.shape).MoveToOuterDisposeScope();
    }
}
