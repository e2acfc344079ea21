using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The last rows that steps gave, as a ring: new ones stand in place of the oldest. What a step offers waits for the update, so
/// that all batches of an update see the same rows, and an update that is not made leaves them as they are.
/// </summary>
/// <remarks>Until that many rows were given, others are directions drawn evenly from the unit sphere.</remarks>
public sealed class RowQueue : IDisposable
{
    private readonly string _purpose;
    private readonly List<Tensor> _waiting = [];

    /// <summary>A queue of rows that <see cref="Start"/> fills.</summary>
    /// <param name="purpose">What the rows are for; names their random numbers.</param>
    /// <param name="rows">How many are kept, at least 1.</param>
    /// <param name="width">Numbers of a row, at least 1.</param>
    /// <param name="type">Their number type.</param>
    /// <param name="device">Where they are.</param>
    public RowQueue(string purpose, long rows, long width, ScalarType type, Device device)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _purpose = purpose;
        Rows = zeros([rows, width], type, device).DetachFromDisposeScope();
        Next = zeros([], ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>The rows, [Q, D], in the order of their places. The tensor is the queue's.</summary>
    public Tensor Rows { get; }

    /// <summary>The place of the oldest row, where the next one comes: int64 without dimensions, on the CPU. The tensor is the
    /// queue's.</summary>
    public Tensor Next { get; }

    /// <summary>Fills the queue with rows of length 1, v/‖v‖ of v ~ N(0, I), which depend on the seed alone.</summary>
    /// <param name="seed">The run's seed.</param>
    public void Start(long seed)
    {
        using var noGrad = no_grad();
        using var stream = new RandomStream(seed, _purpose);
        RandomDirections.Fill(Rows, stream.At(0));
        Next.zero_();
        Drop();
    }

    /// <summary>Keeps rows until <see cref="Push"/>.</summary>
    /// <param name="rows">[N, D]; a copy is kept, without a gradient.</param>
    public void Offer(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var noGrad = no_grad();
        using var constant = rows.detach();
        _waiting.Add(constant.clone().DetachFromDisposeScope());
    }

    /// <summary>Puts the rows that wait in place of the oldest. Of more than the queue holds, the last stay.</summary>
    public void Push()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var rows in _waiting) Put(rows);
        Drop();
    }

    /// <summary>Forgets the rows that wait.</summary>
    public void Drop()
    {
        foreach (var rows in _waiting) rows.Dispose();
        _waiting.Clear();
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        Drop();
        Rows.Dispose();
        Next.Dispose();
    }

    private void Put(Tensor rows)
    {
        long places = Rows.size(0), next = Place, count = rows.size(0);

        // Of more rows than there are places, those that later ones would replace at once are left out.
        for (long given = Math.Max(0, count - places); given < count;)
        {
            long place = (next + given) % places, length = Math.Min(count - given, places - place);
            Rows.narrow(0, place, length).copy_(rows.narrow(0, given, length));
            given += length;
        }

        Place = (next + count) % places;
    }

    private long Place
    {
        get => MemoryMarshal.Cast<byte, long>(Next.bytes)[0];
        set => MemoryMarshal.Cast<byte, long>(Next.bytes)[0] = value;
    }
}
