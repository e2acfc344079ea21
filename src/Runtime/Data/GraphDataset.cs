using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Labelled graphs of different sizes. A batch holds the nodes of its graphs one behind the other, their edges with the numbers
/// that the nodes have there, and how many nodes each graph has: what <c>[EdgeList]</c> and <c>[GraphSizes]</c> ask for.
/// </summary>
/// <remarks>The tensors are copied, and live until <see cref="Dispose"/>. A graph without nodes or without edges is a graph like
/// others.</remarks>
public sealed class GraphDataset : ILabeledDataSource, IFurtherInputs, IDisposable
{
    private readonly Rows _nodes;
    private readonly Rows _edges;
    private readonly Dictionary<string, (Tensor Values, Rows Of)> _further = [];
    private readonly Tensor _features;
    private readonly Tensor _ends;
    private readonly Tensor _labels;
    private readonly Tensor? _edgeFeatures;
    private readonly bool _hasNodeLabels;

    /// <summary>Graphs with a class each.</summary>
    /// <param name="graphs">At least one.</param>
    /// <param name="classes">The class of each graph, or -100 for none.</param>
    /// <exception cref="ArgumentException">There is no graph, another number of classes, or a graph that is none (the message
    /// names it).</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN.</exception>
    public GraphDataset(IReadOnlyList<GraphSample> graphs, long[] classes)
        : this(graphs, OnePerGraph(graphs, tensor(classes)), hasNodeLabels: false)
    {
    }

    /// <summary>Graphs with targets, or with a class, of each.</summary>
    /// <param name="graphs">At least one.</param>
    /// <param name="labels">Real numbers [G] or [G, K], or classes [G] int64; they are copied.</param>
    /// <exception cref="ArgumentException">As of classes.</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN.</exception>
    public GraphDataset(IReadOnlyList<GraphSample> graphs, Tensor labels)
        : this(graphs, OnePerGraph(graphs, labels.clone()), hasNodeLabels: false)
    {
    }

    /// <summary>Graphs with labels of their nodes.</summary>
    /// <param name="graphs">At least one.</param>
    /// <param name="nodeLabels">For each graph of n nodes classes [n] int64 (-100 for none), or real numbers [n] or [n, K]; they
    /// are copied.</param>
    /// <exception cref="ArgumentException">As of classes, or labels are not one for each node.</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN.</exception>
    public GraphDataset(IReadOnlyList<GraphSample> graphs, IReadOnlyList<Tensor> nodeLabels)
        : this(graphs, Joined("labels", graphs, nodeLabels, graph => graph.Nodes.size(0)), hasNodeLabels: true)
    {
    }

    private GraphDataset(IReadOnlyList<GraphSample> graphs, Tensor labels, bool hasNodeLabels)
    {
        for (int i = 0; i < graphs.Count; i++) Require(graphs[i], i, graphs[0]);
        _features = cat([.. graphs.Select(graph => graph.Nodes)], 0).DetachFromDisposeScope();
        _ends = cat([.. graphs.Select(graph => graph.Edges)], 1).DetachFromDisposeScope();
        _labels = labels.DetachFromDisposeScope();
        FiniteData.Require(_features, "nodes");
        FiniteData.Require(_labels, "labels");
        if (graphs[0].EdgeFeatures is not null)
        {
            _edgeFeatures = cat([.. graphs.Select(graph => graph.EdgeFeatures!)], 0).DetachFromDisposeScope();
            FiniteData.Require(_edgeFeatures, "features of edges");
        }

        _nodes = new Rows([.. graphs.Select(graph => graph.Nodes.size(0))]);
        _edges = new Rows([.. graphs.Select(graph => graph.Edges.size(1))]);
        _hasNodeLabels = hasNodeLabels;
    }

    /// <summary>What the model's declaration calls the edges.</summary>
    public string EdgesName { get; init; } = "edges";

    /// <summary>What the model's declaration calls the features of the edges.</summary>
    public string EdgeFeaturesName { get; init; } = "edgeFeatures";

    /// <summary>What the model's declaration calls the sizes of the graphs.</summary>
    public string SizesName { get; init; } = "sizes";

    /// <summary>Number of graphs.</summary>
    public long Count => _nodes.Counts.size(0);

    /// <summary>How many nodes each graph has.</summary>
    public IReadOnlyList<long> NodeCounts => _nodes.ToArray();

    /// <summary>How many edges each graph has.</summary>
    public IReadOnlyList<long> EdgeCounts => _edges.ToArray();

    /// <summary>The nodes of some graphs.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU.</param>
    /// <returns>[N, F], those of one graph behind those of the other; the caller disposes it.</returns>
    public Tensor ReadInputs(Tensor indices) => _nodes.Select(DisposedData.Require(_features, this), indices);

    /// <summary>The labels of some graphs, or of their nodes.</summary>
    /// <param name="indices">Which graphs, [B] int64 on the CPU.</param>
    /// <returns>[B, ...] or [N, ...]; the caller disposes it.</returns>
    public Tensor ReadLabels(Tensor indices)
    {
        DisposedData.Require(_labels, this);
        return _hasNodeLabels ? _nodes.Select(_labels, indices) : _labels.index_select(0, indices);
    }

    /// <summary>The edges, the sizes or a further input of some graphs.</summary>
    /// <param name="name"><see cref="EdgesName"/>, <see cref="EdgeFeaturesName"/>, <see cref="SizesName"/>, or a name given to
    /// <see cref="WithNodes"/> or <see cref="WithEdges"/>.</param>
    /// <param name="indices">Which graphs, [B] int64 on the CPU.</param>
    /// <returns>[2, E] with the numbers of nodes in the batch, [B], or [N, ...] or [E, ...]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Another name.</exception>
    public Tensor ReadInput(string name, Tensor indices)
    {
        DisposedData.Require(_ends, this);
        if (name == SizesName) return _nodes.Counts.index_select(0, indices);
        if (name == EdgesName) return ReadEdges(indices);
        if (name == EdgeFeaturesName && _edgeFeatures is not null) return _edges.Select(_edgeFeatures, indices);
        if (_further.TryGetValue(name, out var further)) return further.Of.Select(further.Values, indices);
        string known = string.Concat(_further.Keys.Concat(_edgeFeatures is null ? [] : [EdgeFeaturesName])
            .Select(other => $", '{other}'"));
        throw new ArgumentException($"There is no input '{name}', but '{EdgesName}', '{SizesName}'{known}.", nameof(name));
    }

    /// <summary>Adds a further input with a row for each node, under the name that a model gives it.</summary>
    /// <param name="name">The name in the model's declaration.</param>
    /// <param name="values">[n, ...] of each graph; they are copied.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">Another number of graphs or rows, or the name is taken.</exception>
    public GraphDataset WithNodes(string name, IReadOnlyList<Tensor> values) => With(name, values, _nodes, "nodes");

    /// <summary>Adds a further input with a row for each edge, under the name that a model gives it.</summary>
    /// <param name="name">The name in the model's declaration.</param>
    /// <param name="values">[e, ...] of each graph, in the order of its edges; they are copied.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">Another number of graphs or rows, or the name is taken.</exception>
    public GraphDataset WithEdges(string name, IReadOnlyList<Tensor> values) => With(name, values, _edges, "edges");

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        _nodes.Dispose();
        _edges.Dispose();
        _features.Dispose();
        _ends.Dispose();
        _edgeFeatures?.Dispose();
        _labels.Dispose();
        foreach (var (values, _) in _further.Values) values.Dispose();
    }

    private Tensor ReadEdges(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var places = _edges.Places(indices);
        var counts = _nodes.Counts.index_select(0, indices);
        var shifts = (counts.cumsum(0) - counts).repeat_interleave(
            _edges.Counts.index_select(0, indices), output_size: places.size(0));
        return Aten.add(_ends.index_select(1, places), shifts).MoveToOuterDisposeScope();
    }

    private GraphDataset With(string name, IReadOnlyList<Tensor> values, Rows of, string rows)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Count)
            throw new ArgumentException($"'{name}' has rows of {values.Count} graphs, but there are {Count}.", nameof(values));
        var counts = of.ToArray();
        for (int i = 0; i < values.Count; i++)
        {
            BatchPart.Require(values[i], $"'{name}' of graph {i}");
            if (values[i].dim() == 0 || values[i].size(0) != counts[i])
                throw new ArgumentException(
                    $"'{name}' of graph {i} is [{Shape(values[i])}], but the graph has {counts[i]} {rows}.", nameof(values));
        }

        if (name == EdgesName || name == SizesName || _further.ContainsKey(name)
            || (name == EdgeFeaturesName && _edgeFeatures is not null))
            throw new ArgumentException($"There is an input '{name}' already.", nameof(name));
        var all = cat([.. values], 0);
        FiniteData.Require(all, name);
        _further.Add(name, (all.DetachFromDisposeScope(), of));
        return this;
    }

    private static void Require(GraphSample graph, int index, GraphSample first)
    {
        BatchPart.Require(graph.Nodes, $"nodes of graph {index}");
        BatchPart.Require(graph.Edges, $"edges of graph {index}");
        if (graph.Nodes.dim() != 2 || graph.Nodes.size(1) != first.Nodes.size(1) || graph.Nodes.dtype != first.Nodes.dtype)
        {
            throw new ArgumentException(
                $"Nodes are [n, F], F the same for all, but those of graph {index} are [{Shape(graph.Nodes)}] "
                + $"{graph.Nodes.dtype}, and those of graph 0 [{Shape(first.Nodes)}] {first.Nodes.dtype}.", nameof(graph));
        }

        if (graph.Edges.dim() != 2 || graph.Edges.size(0) != 2 || graph.Edges.dtype != ScalarType.Int64)
        {
            throw new ArgumentException(
                $"Edges are [2, e] int64, but those of graph {index} are [{Shape(graph.Edges)}] {graph.Edges.dtype}.",
                nameof(graph));
        }

        RequireFeatures(graph, index, first);
        if (graph.Edges.numel() == 0) return;
        using var scope = NewDisposeScope();
        long least = Aten.item_int64(graph.Edges.min()), most = Aten.item_int64(graph.Edges.max());
        if (least >= 0 && most < graph.Nodes.size(0)) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"An edge of graph {index} names node {(least < 0 ? least : most)}, but the graph has {graph.Nodes.size(0)} nodes, ")
            + "numbered from 0.", nameof(graph));
    }

    private static Tensor OnePerGraph(IReadOnlyList<GraphSample> graphs, Tensor labels)
    {
        RequireSome(graphs);
        return labels.dim() > 0 && labels.size(0) == graphs.Count ? labels
            : throw new ArgumentException($"Labels are [{Shape(labels)}], but there are {graphs.Count} graphs.", nameof(labels));
    }

    private static Tensor Joined(
        string what, IReadOnlyList<GraphSample> graphs, IReadOnlyList<Tensor> parts, Func<GraphSample, long> rows)
    {
        RequireSome(graphs);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count != graphs.Count)
            throw new ArgumentException($"There are {what} of {parts.Count} graphs, but {graphs.Count} graphs.", nameof(parts));
        for (int i = 0; i < parts.Count; i++)
        {
            BatchPart.Require(parts[i], $"{what} of graph {i}");
            if (parts[i].dim() == 0 || parts[i].size(0) != rows(graphs[i]))
            {
                throw new ArgumentException(
                    $"The {what} of graph {i} are [{Shape(parts[i])}], but the graph has {rows(graphs[i])} nodes.",
                    nameof(parts));
            }
        }

        return cat([.. parts], 0);
    }

    private static void RequireFeatures(GraphSample graph, int index, GraphSample first)
    {
        if (graph.EdgeFeatures is null && first.EdgeFeatures is null) return;
        if (graph.EdgeFeatures is not { } features || first.EdgeFeatures is not { } others)
        {
            throw new ArgumentException(
                $"Edges of graph {(first.EdgeFeatures is null ? index : 0)} have features, and those of graph "
                + $"{(first.EdgeFeatures is null ? 0 : index)} have none: give all graphs some, or none.", nameof(graph));
        }

        BatchPart.Require(features, $"features of the edges of graph {index}");
        if (features.dim() == 2 && features.size(0) == graph.Edges.size(1) && features.size(1) == others.size(1)
            && features.dtype == others.dtype) return;
        throw new ArgumentException(
            $"Features of edges are [e, K], K the same for all, but those of graph {index}, which has {graph.Edges.size(1)} "
            + $"edges, are [{Shape(features)}] {features.dtype}, and those of graph 0 [{Shape(others)}] {others.dtype}.",
            nameof(graph));
    }

    private static void RequireSome(IReadOnlyList<GraphSample> graphs)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        if (graphs.Count == 0) throw new ArgumentException("There is no graph.", nameof(graphs));
    }

    private static string Shape(Tensor tensor) => string.Join(", ", tensor.shape);

    /// <summary>Rows of which each graph has some, those of one graph behind those of the other.</summary>
    private sealed class Rows : IDisposable
    {
        private readonly Tensor _starts;

        public Rows(long[] counts)
        {
            var starts = new long[counts.Length];
            for (int i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + counts[i - 1];
            (Counts, _starts) = (tensor(counts).DetachFromDisposeScope(), tensor(starts).DetachFromDisposeScope());
        }

        /// <summary>How many rows each graph has, [G] int64.</summary>
        public Tensor Counts { get; }

        public long[] ToArray() => MemoryMarshal.Cast<byte, long>(Counts.bytes).ToArray();

        /// <summary>The rows of some graphs.</summary>
        public Tensor Select(Tensor all, Tensor indices)
        {
            using var places = Places(indices);
            return all.index_select(0, places);
        }

        /// <summary>Where the rows of some graphs stand.</summary>
        public Tensor Places(Tensor indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            using var scope = NewDisposeScope();
            var counts = Counts.index_select(0, indices);

            // Row r of the batch stands where its graph starts, and as far behind it as r stands behind the graph's first row.
            var shifts = (_starts.index_select(0, indices) - (counts.cumsum(0) - counts)).repeat_interleave(counts);
            return Aten.add(Aten.arange(0, shifts.size(0)), shifts).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
            Counts.Dispose();
            _starts.Dispose();
        }
    }
}
