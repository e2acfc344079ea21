using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A graph whose nodes have features and, some of them, a class. It is one sample: a step sees the whole of
/// it.</summary>
public sealed class GraphData : ILabeledDataSource, IFurtherInputs, IDisposable
{
    /// <summary>The label of a node whose class is not told; losses and evaluations leave it out.</summary>
    public const long Unlabeled = -100;

    private readonly Tensor _nodes;
    private readonly Tensor _edges;
    private readonly Tensor _labels;
    private readonly Tensor? _edgeFeatures;

    /// <summary>Takes tensors over; they live until <see cref="Dispose"/>, whatever dispose scope is open.</summary>
    /// <param name="nodes">Features [N, F].</param>
    /// <param name="edges">[2, E] int64: from which node, to which.</param>
    /// <param name="labels">[N] int64: the class of each node, or -100.</param>
    /// <param name="edgeFeatures">Numbers of each edge [E, K]; null for none.</param>
    /// <exception cref="ArgumentException">The shapes or types are others, or an edge names a node that is not there.</exception>
    public GraphData(Tensor nodes, Tensor edges, Tensor labels, Tensor? edgeFeatures = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(labels);
        if (nodes.dim() != 2 || nodes.size(0) == 0)
            throw new ArgumentException($"Nodes are [N, features], but these are [{Shape(nodes)}].", nameof(nodes));
        if (edges.dim() != 2 || edges.size(0) != 2 || edges.dtype != ScalarType.Int64)
            throw new ArgumentException($"Edges are [2, E] int64, but these are [{Shape(edges)}] {edges.dtype}.", nameof(edges));
        if (labels.dim() != 1 || labels.size(0) != nodes.size(0) || labels.dtype != ScalarType.Int64)
            throw new ArgumentException(
                $"Labels are [{nodes.size(0)}] int64, but these are [{Shape(labels)}] {labels.dtype}.", nameof(labels));
        if (edgeFeatures is not null && (edgeFeatures.dim() != 2 || edgeFeatures.size(0) != edges.size(1)))
        {
            throw new ArgumentException(
                $"Features of edges are [{edges.size(1)}, K], but these are [{Shape(edgeFeatures)}].", nameof(edgeFeatures));
        }

        if (edges.numel() > 0)
        {
            using var scope = NewDisposeScope();
            long first = Aten.item_int64(edges.min()), last = Aten.item_int64(edges.max());
            if (first < 0 || last >= nodes.size(0))
                throw new ArgumentException($"Edges name nodes {first} to {last}, but there are {nodes.size(0)}.", nameof(edges));
        }

        _nodes = nodes.DetachFromDisposeScope();
        _edges = edges.DetachFromDisposeScope();
        _labels = labels.DetachFromDisposeScope();
        _edgeFeatures = edgeFeatures?.DetachFromDisposeScope();
    }

    /// <summary>Features [N, F].</summary>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public Tensor Nodes => DisposedData.Require(_nodes, this);

    /// <summary>[2, E] int64.</summary>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public Tensor Edges => DisposedData.Require(_edges, this);

    /// <summary>[N] int64, -100 where the class is not told.</summary>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public Tensor Labels => DisposedData.Require(_labels, this);

    /// <summary>Features of the edges [E, K]; null for none.</summary>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public Tensor? EdgeFeatures => _edgeFeatures is null ? null : DisposedData.Require(_edgeFeatures, this);

    /// <summary>The name that the model gives to the features of the edges.</summary>
    public string EdgeFeaturesName { get; init; } = "edgeFeatures";

    /// <summary>The name that the model gives to the edge list.</summary>
    public string EdgesName { get; init; } = "edges";

    /// <summary>1: the graph as a whole.</summary>
    public long Count => 1;

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Nodes.alias();

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Labels.alias();

    /// <inheritdoc/>
    public Tensor ReadInput(string name, Tensor indices) =>
        name == EdgesName ? Edges.alias()
        : name == EdgeFeaturesName && EdgeFeatures is { } features ? features.alias()
        : throw new ArgumentException($"There is no input '{name}', but '{EdgesName}'"
            + $"{(_edgeFeatures is null ? "" : $" and '{EdgeFeaturesName}'")}.", nameof(name));

    /// <summary>The same graph with the classes of some nodes alone.</summary>
    /// <param name="first">The first node that keeps its class.</param>
    /// <param name="count">How many nodes from there keep it.</param>
    /// <returns>A graph of its own that shares memory with this one.</returns>
    public GraphData WithLabelsOf(long first, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Labels.size(0), nameof(count));
        var labels = Aten.full_like(Labels, Unlabeled);
        using (var kept = labels.narrow(0, first, count))
        using (var told = Labels.narrow(0, first, count)) kept.copy_(told);
        return new(Nodes.alias(), Edges.alias(), labels, EdgeFeatures?.alias())
        {
            EdgesName = EdgesName,
            EdgeFeaturesName = EdgeFeaturesName,
        };
    }

    /// <summary>A copy on a device.</summary>
    public GraphData To(Device device) =>
        new(Nodes.to(device, copy: true), Edges.to(device, copy: true), Labels.to(device, copy: true),
            EdgeFeatures?.to(device, copy: true))
        {
            EdgesName = EdgesName,
            EdgeFeaturesName = EdgeFeaturesName,
        };

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        _nodes.Dispose();
        _edges.Dispose();
        _labels.Dispose();
        _edgeFeatures?.Dispose();
    }

    private static string Shape(Tensor tensor) => string.Join(", ", tensor.shape);
}
