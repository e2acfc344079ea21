using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What goes along the edges of a graph, edge by edge: the messages themselves are never made. Each place sums in the order of
/// the edges, which no number of threads changes.
/// </summary>
internal static unsafe class MessageLoop
{
    /// <summary>Σ w·x_j over the edges j → i, for each i.</summary>
    /// <param name="rows">x, [N, C], or [M, C] without <paramref name="from"/>.</param>
    /// <param name="weights">w, [M, 1]; null where all are 1.</param>
    /// <param name="from">j of each edge, [M]; null where edge m has row m.</param>
    /// <param name="to">i of each edge, [M].</param>
    /// <param name="places">How many i there are.</param>
    /// <returns>[places, C], which the caller frees; null where no loop can go over the tensors, or an edge names no row:
    /// libtorch then says so.</returns>
    public static Tensor? TrySum(Tensor rows, Tensor? weights, Tensor? from, Tensor to, long places)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(rows, out var x) || x.Rank != 2 || !x.IsPlain
            || !TensorMemory.TryIndices(to, out var targets)) return null;
        float* factors = null;
        if (weights is not null)
        {
            if (!TensorLayout.TryOf(weights, out var ofEdges) || !ofEdges.IsPlain || ofEdges.Count != targets.Length) return null;
            factors = ofEdges.Data;
        }

        ReadOnlySpan<long> sources = default;
        bool gathers = from is not null;
        if (gathers ? !TensorMemory.TryIndices(from!, out sources) || sources.Length != targets.Length
            : x.Sizes[0] != targets.Length) return null;
        if (!AreRows(sources, x.Sizes[0]) || !AreRows(targets, places)) return null;

        long columns = x.Sizes[1];
        var sums = TensorMemory.Empty(places, columns);
        float* y = (float*)TensorMemory.Pointer(sums);
        for (long i = 0; i < places; i++) new Span<float>(y + i * columns, (int)columns).Clear();
        for (int m = 0; m < targets.Length; m++)
        {
            long row = gathers ? sources[m] : m;
            Add(x.Data + row * columns, factors == null ? 1 : factors[m], y + targets[m] * columns, columns);
        }

        GC.KeepAlive(rows);
        GC.KeepAlive(weights);
        GC.KeepAlive(from);
        GC.KeepAlive(to);
        return sums;
    }

    /// <summary>1/√(d_i·d_j) for each edge j → i, d the number of edges that arrive and count.</summary>
    /// <param name="edges">[2, M]; the last N edges are those of each node to itself.</param>
    /// <param name="nodes">[N, ...], of the numbers' type.</param>
    /// <returns>[M, 1], 0 for an edge to itself before the last N, which the caller frees; null as there.</returns>
    public static Tensor? TrySymmetricWeights(Tensor edges, Tensor nodes)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(nodes, out var like) || !TryEnds(edges, out var sources, out var targets))
            return null;
        int count = checked((int)like.Sizes[0]);
        if (!AreRows(sources, count) || !AreRows(targets, count)) return null;
        float[] rented = ArrayPool<float>.Shared.Rent(count);
        var roots = rented.AsSpan(0, count);
        roots.Clear();
        int loops = targets.Length - count;
        for (int m = 0; m < targets.Length; m++)
            if (m >= loops || sources[m] != targets[m]) roots[(int)targets[m]]++;
        for (int i = 0; i < roots.Length; i++) roots[i] = 1 / MathF.Sqrt(roots[i]);
        var weights = TensorMemory.Empty(targets.Length, 1);
        float* weight = (float*)TensorMemory.Pointer(weights);
        for (int m = 0; m < targets.Length; m++)
            weight[m] = m >= loops || sources[m] != targets[m] ? roots[(int)sources[m]] * roots[(int)targets[m]] : 0;
        ArrayPool<float>.Shared.Return(rented);
        GC.KeepAlive(edges);
        return weights;
    }

    /// <summary>The edges [2, E], and one from each of the nodes to itself, [2, E + N]; null as there.</summary>
    public static Tensor? TryWithLoops(Tensor edges, long nodes)
    {
        if (!LoopChoice.CanRun || !TryEnds(edges, out var sources, out var targets)) return null;
        long count = sources.Length + nodes;
        var all = TensorMemory.EmptyIndices(2, count);
        long* to = (long*)TensorMemory.Pointer(all);
        sources.CopyTo(new Span<long>(to, sources.Length));
        targets.CopyTo(new Span<long>(to + count, targets.Length));
        for (long i = 0; i < nodes; i++) to[sources.Length + i] = to[count + targets.Length + i] = i;
        GC.KeepAlive(edges);
        return all;
    }

    private static bool TryEnds(Tensor edges, out ReadOnlySpan<long> sources, out ReadOnlySpan<long> targets)
    {
        sources = default;
        targets = default;
        if (!TensorLayout.TryOf(edges, LibTorchAbi.Int64, out var ends) || ends.Rank != 2 || ends.Sizes[0] != 2 || !ends.IsPlain
            || ends.Sizes[1] > int.MaxValue) return false;
        long* first = (long*)ends.Data;
        sources = new(first, (int)ends.Sizes[1]);
        targets = new(first + ends.Sizes[1], (int)ends.Sizes[1]);
        return true;
    }

    private static bool AreRows(ReadOnlySpan<long> indices, long count)
    {
        ulong largest = 0;
        foreach (long index in indices) largest = Math.Max(largest, (ulong)index);
        return indices.IsEmpty || largest < (ulong)count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* x, float weight, float* y, long columns)
    {
        long i = 0;
        var factor = new Vector<float>(weight);
        for (; i + Vector<float>.Count <= columns; i += Vector<float>.Count)
            Vector.Store(Vector.FusedMultiplyAdd(Vector.Load(x + i), factor, Vector.Load(y + i)), y + i);
        for (; i < columns; i++) y[i] = MathF.FusedMultiplyAdd(x[i], weight, y[i]);
    }
}
