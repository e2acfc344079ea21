using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Graphs as lists of edges [2, E] int64: row 0 the nodes from which messages go, row 1 the nodes that receive
/// them.</summary>
public static class EdgeLists
{
    /// <summary>The edges, and one from each node to itself.</summary>
    /// <param name="edges">[2, E].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    /// <returns>[2, E + N], the added edges last.</returns>
    public static Tensor WithSelfLoops(Tensor edges, Tensor nodes)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(nodes);
        if (MessageLoop.TryWithLoops(edges, nodes.size(0)) is { } all) return all;
        using var scope = NewDisposeScope();
        var loops = Aten.arange(0, nodes.size(0), edges.device).unsqueeze(0).expand(2, -1);
        return cat([edges, loops], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The weight 1/√(d_i·d_j) of the message from j to i, d the number of edges that arrive (Kipf and Welling 2017,
    /// equation 2).</summary>
    /// <param name="edges">[2, E + N], what <see cref="WithSelfLoops"/> returned.</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    /// <returns>[E + N, 1] in the type of <paramref name="nodes"/>. A node's edge to itself counts once, though it be listed
    /// too.</returns>
    public static Tensor SymmetricWeights(Tensor edges, Tensor nodes)
    {
        if (MessageLoop.TrySymmetricWeights(edges, nodes) is { } weights) return weights;
        using var scope = NewDisposeScope();
        var (from, to) = (edges.select(0, 0), edges.select(0, 1));
        var counted = Counted(from, to, nodes);
        var root = Sum(counted, to, nodes).rsqrt();
        return (counted * root.index_select(0, from) * root.index_select(0, to)).MoveToOuterDisposeScope();
    }

    /// <summary>The sum of what arrives at each node.</summary>
    /// <param name="messages">[M, D].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    /// <param name="to">The receiver of each message, [M] int64.</param>
    /// <returns>[N, D].</returns>
    public static Tensor Sum(Tensor messages, Tensor to, Tensor nodes)
    {
        if (MessageLoop.TrySum(messages, null, null, to, nodes.size(0)) is { } sums) return sums;
        long[] sizes = [nodes.size(0), .. messages.shape.AsSpan(1)];
        using var none = zeros(sizes, messages.dtype, messages.device);
        return Aten.index_add(none, 0, to, messages);
    }

    /// <summary>The sum of what arrives at each node when each sends its row along the edges, Σ w·x_j over the edges j →
    /// i.</summary>
    /// <param name="nodes">x, [N, C].</param>
    /// <param name="weights">w, [M, 1]: constants, of which no gradient is asked.</param>
    /// <param name="from">j of each edge, [M] int64.</param>
    /// <param name="to">i of each edge, [M] int64.</param>
    /// <returns>[N, C].</returns>
    public static Tensor Propagate(Tensor nodes, Tensor weights, Tensor from, Tensor to)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (MessageLoop.TrySum(nodes, weights, from, to, nodes.size(0)) is { } sums) return sums;
        using var sent = nodes.index_select(0, from);
        using var messages = sent * weights;
        return Sum(messages, to, nodes);
    }

    /// <summary>The largest of what arrives at each node, feature by feature; 0 where nothing arrives.</summary>
    /// <param name="messages">[M, D].</param>
    /// <param name="to">The receiver of each message, [M] int64.</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    /// <returns>[N, D]; equal messages share its gradient evenly.</returns>
    public static Tensor Max(Tensor messages, Tensor to, Tensor nodes)
    {
        using var scope = NewDisposeScope();
        long count = nodes.size(0);
        var least = Aten.full([count, messages.size(1)], double.NegativeInfinity, messages.dtype, messages.device);
        var largest = Aten.index_reduce(least, 0, to, messages, "amax");
        using var arrived = zeros(count, ScalarType.Int64, messages.device);
        var none = Aten.index_add(arrived, 0, to, ones_like(to)).eq(arrived).unsqueeze(1);
        return Aten.masked_fill(largest, none, 0.0).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of <see cref="Max"/> by the messages.</summary>
    /// <param name="gradient">That of the largest, [N, D].</param>
    /// <param name="messages">[M, D].</param>
    /// <param name="largest">What <see cref="Max"/> returned.</param>
    /// <param name="to">The receiver of each message, [M] int64.</param>
    /// <returns>[M, D].</returns>
    public static Tensor MaxBackward(Tensor gradient, Tensor messages, Tensor largest, Tensor to)
    {
        using var scope = NewDisposeScope();
        var isLargest = messages.eq(largest.index_select(0, to)).to(messages.dtype);
        var sharing = Sum(isLargest, to, largest).index_select(0, to);
        return (isLargest * gradient.index_select(0, to) / sharing.maximum(ones_like(sharing))).MoveToOuterDisposeScope();
    }

    /// <summary>1/n for each place at which n rows arrive; 1 where none does, whose sum is 0 already.</summary>
    /// <param name="to">The place of each row, [M] int64.</param>
    /// <param name="places">A tensor with a row for each of the N places, of the type wanted.</param>
    /// <returns>[N, 1].</returns>
    public static Tensor InverseCounts(Tensor to, Tensor places)
    {
        using var scope = NewDisposeScope();
        var none = zeros(places.size(0), places.dtype, places.device);
        var counts = Aten.index_add(none, 0, to, ones(to.size(0), places.dtype, places.device));
        return counts.maximum(ones_like(counts)).reciprocal().unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Softmax of scores over the edges that arrive at each node (Veličković et al. 2018, equation 2).</summary>
    /// <param name="scores">[E + N, H].</param>
    /// <param name="edges">[2, E + N], what <see cref="WithSelfLoops"/> returned.</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    /// <returns>[E + N, H]; for each node and head they sum to 1.</returns>
    /// <remarks>
    /// The largest score of each node's own edges is subtracted: that of another node could be so much larger that nothing is
    /// left.
    /// </remarks>
    public static Tensor Softmax(Tensor scores, Tensor edges, Tensor nodes)
    {
        using var scope = NewDisposeScope();
        var to = edges.select(0, 1);
        var least = Aten.full([nodes.size(0), scores.size(1)], double.NegativeInfinity, scores.dtype, scores.device);
        var largest = Aten.index_reduce(least, 0, to, scores.detach(), "amax");
        var weights = (scores - largest.index_select(0, to)).exp() * Counted(edges.select(0, 0), to, scores, nodes.size(0));
        var total = Sum(weights, to, nodes);
        return (weights / total.index_select(0, to)).MoveToOuterDisposeScope();
    }

    /// <summary>Softmax of scores over the rows that go to the same place.</summary>
    /// <param name="scores">[M, H].</param>
    /// <param name="to">The place of each row, [M] int64.</param>
    /// <param name="places">A tensor with a row for each of the N places.</param>
    /// <returns>[M, H]; for each place at which a row arrives, and each column, they sum to 1.</returns>
    public static Tensor RowSoftmax(Tensor scores, Tensor to, Tensor places)
    {
        using var scope = NewDisposeScope();
        var least = Aten.full([places.size(0), scores.size(1)], double.NegativeInfinity, scores.dtype, scores.device);
        var largest = Aten.index_reduce(least, 0, to, scores.detach(), "amax");
        var weights = (scores - largest.index_select(0, to)).exp();
        return (weights / Sum(weights, to, places).index_select(0, to)).MoveToOuterDisposeScope();
    }

    private static Tensor Counted(Tensor from, Tensor to, Tensor nodes) => Counted(from, to, nodes, nodes.size(0));

    /// <summary>1 for each edge that counts, 0 for a listed one from a node to itself, which is among the added ones again: [M,
    /// 1].</summary>
    private static Tensor Counted(Tensor from, Tensor to, Tensor like, long nodes)
    {
        var counted = from.ne(to);
        Aten.fill_(counted.narrow(0, counted.size(0) - nodes, nodes), 1);
        return counted.to(like.dtype).unsqueeze(1);
    }
}
