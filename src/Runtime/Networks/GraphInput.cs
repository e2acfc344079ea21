using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a batch of graphs says of its own rows, held against them before any operator sees it. In a GPU's memory numbers
/// are not looked at: that would wait for it.</summary>
public static class GraphInput
{
    /// <summary>Refuses lists of nodes that name one which is not there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">What it calls the list.</param>
    /// <param name="given">[2, E] int64.</param>
    /// <param name="rows">What it calls the nodes.</param>
    /// <param name="nodes">[N, ...].</param>
    /// <exception cref="DataMismatchException">A number is not in 0, ..., N − 1.</exception>
    public static void RequireNodes(nn.Module model, string input, Tensor given, string rows, Tensor nodes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(nodes);
        if (given.numel() == 0 || given.device_type != TorchSharp.DeviceType.CPU) return;
        long first = long.MaxValue, last = long.MinValue, count = nodes.size(0);
        using var copy = given.is_contiguous() ? null : given.contiguous();
        foreach (long node in MemoryMarshal.Cast<byte, long>((copy ?? given).bytes))
            (first, last) = (Math.Min(first, node), Math.Max(last, node));
        if (first >= 0 && last < count) return;
        string named = first < 0 ? $"{first}" : $"{last}";
        throw new DataMismatchException(string.Create(CultureInfo.InvariantCulture,
            $"'{input}' of {model.GetName()} names node {named}, but '{rows}' has {count} nodes, numbered from 0."));
    }

    /// <summary>Refuses features of edges that are not of as many as there are.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">What it calls the features.</param>
    /// <param name="given">[E, K].</param>
    /// <param name="rows">What it calls the edges.</param>
    /// <param name="edges">[2, E] int64.</param>
    /// <exception cref="DataMismatchException">There are more rows than edges, or fewer.</exception>
    public static void RequireEdges(nn.Module model, string input, Tensor given, string rows, Tensor edges)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(edges);
        if (given.size(0) == edges.size(1)) return;
        throw new DataMismatchException(string.Create(CultureInfo.InvariantCulture,
            $"'{input}' of {model.GetName()} has rows of {given.size(0)} edges, but '{rows}' has {edges.size(1)}."));
    }

    /// <summary>Refuses sizes of graphs that do not divide the nodes of a batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">What it calls the sizes.</param>
    /// <param name="given">[G] int64.</param>
    /// <param name="rows">What it calls the nodes.</param>
    /// <param name="nodes">[N, ...].</param>
    /// <exception cref="DataMismatchException">A size is negative, or their sum is not N.</exception>
    public static void RequireSizes(nn.Module model, string input, Tensor given, string rows, Tensor nodes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(nodes);
        if (given.device_type != TorchSharp.DeviceType.CPU) return;
        using var scope = NewDisposeScope();
        long least = given.numel() == 0 ? 0 : Aten.item_int64(given.min()), sum = Aten.item_int64(given.sum());
        if (least >= 0 && sum == nodes.size(0)) return;
        throw new DataMismatchException(string.Create(CultureInfo.InvariantCulture,
            $"'{input}' of {model.GetName()} holds {given.numel()} sizes of graphs, ")
            + (least < 0 ? string.Create(CultureInfo.InvariantCulture, $"one of which is {least}.")
                : string.Create(CultureInfo.InvariantCulture,
                    $"which add up to {sum} nodes, but '{rows}' has {nodes.size(0)}.")));
    }

    /// <summary>The graph of each node.</summary>
    /// <param name="sizes">How many nodes each graph has, [G] int64.</param>
    /// <param name="nodes">[N, ...], those of one graph behind those of the other.</param>
    /// <returns>[N] int64, each in 0, ..., G − 1; the caller frees it.</returns>
    public static Tensor GraphOfNodes(Tensor sizes, Tensor nodes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(nodes);
        using var graphs = Aten.arange(0, sizes.size(0), sizes.device);
        return graphs.repeat_interleave(sizes, output_size: nodes.size(0));
    }

    /// <summary>An edge from each node of a graph to each, itself among them.</summary>
    /// <param name="sizes">How many nodes each graph has, [G] int64.</param>
    /// <param name="nodes">[N, ...], those of one graph behind those of the other.</param>
    /// <returns>[2, P] int64, P the sum of the squares of the sizes; the caller frees it.</returns>
    public static Tensor CompleteEdges(Tensor sizes, Tensor nodes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(nodes);
        using var scope = NewDisposeScope();
        long count = nodes.size(0);
        var own = sizes.repeat_interleave(sizes, output_size: count);
        var to = Aten.arange(0, count, sizes.device).repeat_interleave(own);

        // Row r of a node's own stretch names the r-th node of its graph.
        var shifts = (sizes.cumsum(0) - sizes).repeat_interleave(sizes, output_size: count) - (own.cumsum(0) - own);
        var from = Aten.add(Aten.arange(0, to.size(0), sizes.device), shifts.repeat_interleave(own));
        return stack([from, to], 0).MoveToOuterDisposeScope();
    }
}
