using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Segments of sequences in another order, or beside those of another sample.</summary>
public static class SegmentOrder
{
    /// <summary>Sequences whose halves are exchanged where that is said.</summary>
    /// <param name="sequences">[N, T, ...], T − <paramref name="start"/> even.</param>
    /// <param name="swapped">[N] int64: 1 where the second half comes first, 0 where nothing changes.</param>
    /// <param name="start">How many places at the start stay.</param>
    /// <returns>The same shape; the caller frees it.</returns>
    public static Tensor Swap(Tensor sequences, Tensor swapped, long start)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(swapped);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (head, first, second) = Parts(sequences, start);
        var other = cat(new[] { head, second, first }, 1);
        return where(Chosen(swapped, sequences), other, sequences).MoveToOuterDisposeScope();
    }

    /// <summary>Sequences whose second half is another sample's where that is said: that of the sample so many rows on.</summary>
    /// <param name="sequences">[N, T, ...], T − <paramref name="start"/> even; N at least 2.</param>
    /// <param name="foreign">[N] int64: 1 where the second half is another sample's, 0 where nothing changes.</param>
    /// <param name="distances">By how many rows the other sample is away, [N], drawn evenly from [0, 1) and spread over
    /// 1, ..., N − 1.</param>
    /// <param name="start">How many places at the start stay.</param>
    /// <returns>The same shape; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">There is no other sample.</exception>
    public static Tensor Exchange(Tensor sequences, Tensor foreign, Tensor distances, long start)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(foreign);
        ArgumentNullException.ThrowIfNull(distances);
        long count = sequences.size(0);
        if (count < 2)
        {
            throw new DataMismatchException(
                "A batch of one sample has no other one whose segment could stand in: write BatchSize(..., DropLast = true).");
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (head, first, second) = Parts(sequences, start);

        // Rounding may bring the product up to N - 1.
        var steps = Aten.clamp_(Aten.mul(distances, count - 1d).floor().to_type(ScalarType.Int64), 0, count - 2);
        var places = Aten.add(Aten.add(steps, 1L), Aten.arange(0, count, sequences.device));
        var partners = places.sub(Aten.mul(Aten.ge(places, count).to_type(ScalarType.Int64), count));
        var other = cat(new[] { head, first, second.index_select(0, partners) }, 1);
        return where(Chosen(foreign, sequences), other, sequences).MoveToOuterDisposeScope();
    }

    /// <summary>The parts of sequences in drawn orders.</summary>
    /// <param name="sequences">[N, T, ...].</param>
    /// <param name="places">Which part stands at each place, [N, T] int64.</param>
    /// <returns>[N·T, ...], the parts of the first sample first; the caller frees it.</returns>
    public static Tensor Arrange(Tensor sequences, Tensor places)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(places);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var starts = Aten.mul(Aten.arange(0, sequences.size(0), sequences.device), sequences.size(1)).unsqueeze(1);
        return sequences.flatten(0, 1).index_select(0, Aten.add(places, starts).flatten()).MoveToOuterDisposeScope();
    }

    /// <summary>A segment of each sequence.</summary>
    /// <param name="sequences">[N, T, ...].</param>
    /// <param name="starts">Where they start, [N] int64 in 0, ..., T − S.</param>
    /// <param name="places">S, how long they are.</param>
    /// <returns>[N, S, ...]; the caller frees it.</returns>
    public static Tensor Cut(Tensor sequences, Tensor starts, long places)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(starts);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long length = sequences.size(1);
        var firsts = Aten.add(starts, Aten.mul(Aten.arange(0, sequences.size(0), sequences.device), length)).unsqueeze(1);
        var rows = Aten.add(firsts, Aten.arange(0, places, sequences.device).unsqueeze(0)).flatten();
        return sequences.flatten(0, 1).index_select(0, rows).reshape([-1, places, .. sequences.shape[2..]])
            .MoveToOuterDisposeScope();
    }

    private static (Tensor Head, Tensor First, Tensor Second) Parts(Tensor sequences, long start)
    {
        long half = (sequences.size(1) - start) / 2;
        return (sequences.narrow(1, 0, start), sequences.narrow(1, start, half), sequences.narrow(1, start + half, half));
    }

    private static Tensor Chosen(Tensor answers, Tensor sequences) =>
        Aten.eq(answers, 1L).reshape([-1, .. Enumerable.Repeat(1L, (int)sequences.dim() - 1)]);
}
