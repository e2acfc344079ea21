using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A graph whose edges are to be told: nodes, the edges along which messages go, and pairs of nodes of which some are
/// edges. It is one sample: a step sees the whole of it.</summary>
public sealed class LinkData : IDataSource, IFurtherInputs, IDisposable
{
    private readonly Tensor _nodes;
    private readonly Tensor _edges;
    private readonly Tensor? _pairs;
    private readonly Tensor? _labels;

    /// <summary>Takes tensors over; they live until <see cref="Dispose"/>, whatever dispose scope is open.</summary>
    /// <param name="nodes">Features [N, F].</param>
    /// <param name="edges">[2, E] int64, at least one: from which node, to which. An undirected edge stands twice.</param>
    /// <param name="pairs">Pairs of nodes [2, P] int64 to evaluate by; null for none.</param>
    /// <param name="labels">[P] int64: 1 for a pair with an edge, 0 for one without; null where there are no pairs.</param>
    /// <exception cref="ArgumentException">The shapes or types are others, or a node is named that is not there.</exception>
    public LinkData(Tensor nodes, Tensor edges, Tensor? pairs = null, Tensor? labels = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        if (nodes.dim() != 2 || nodes.size(0) == 0)
            throw new ArgumentException($"Nodes are [N, features], but these are [{Shape(nodes)}].", nameof(nodes));
        RequirePairs(nodes, edges, "Edges", nameof(edges));
        if (edges.size(1) == 0) throw new ArgumentException("There is no edge to tell.", nameof(edges));
        if (pairs is null != labels is null)
            throw new ArgumentException("Pairs and their labels are given together, or neither.", nameof(labels));
        if (pairs is not null)
        {
            RequirePairs(nodes, pairs, "Pairs", nameof(pairs));
            if (labels!.dim() != 1 || labels.size(0) != pairs.size(1) || labels.dtype != ScalarType.Int64)
                throw new ArgumentException(
                    $"Labels are [{pairs.size(1)}] int64, but these are [{Shape(labels)}] {labels.dtype}.", nameof(labels));
        }

        FiniteData.Require(nodes, "nodes");
        _nodes = nodes.DetachFromDisposeScope();
        _edges = edges.DetachFromDisposeScope();
        _pairs = pairs?.DetachFromDisposeScope();
        _labels = labels?.DetachFromDisposeScope();
    }

    /// <summary>Features [N, F].</summary>
    /// <exception cref="ObjectDisposedException">The data are disposed.</exception>
    public Tensor Nodes => DisposedData.Require(_nodes, this);

    /// <summary>[2, E] int64.</summary>
    /// <exception cref="ObjectDisposedException">The data are disposed.</exception>
    public Tensor Edges => DisposedData.Require(_edges, this);

    /// <summary>Pairs to evaluate by, [2, P] int64; null for none.</summary>
    /// <exception cref="ObjectDisposedException">The data are disposed.</exception>
    public Tensor? Pairs => _pairs is null ? null : DisposedData.Require(_pairs, this);

    /// <summary>[P] int64: 1 for a pair with an edge, 0 for one without; null where there are no pairs.</summary>
    /// <exception cref="ObjectDisposedException">The data are disposed.</exception>
    public Tensor? Labels => _labels is null ? null : DisposedData.Require(_labels, this);

    /// <summary>The name that the model gives to the edge list.</summary>
    public string EdgesName { get; init; } = "edges";

    /// <summary>1: the graph as a whole.</summary>
    public long Count => 1;

    /// <summary>Keeps edges of an undirected graph apart: the first part has the others alone and no pairs, the second and third
    /// have the same edges for messages, and as pairs the edges kept apart for each with as many pairs that are none.</summary>
    /// <param name="nodes">Features [N, F]; they are copied.</param>
    /// <param name="edges">[2, E] int64, in one direction or both; directions, repetitions and edges from a node to itself are
    /// left out.</param>
    /// <param name="validation">Share of the edges for validation, in [0, 1); rounded down, as the test's.</param>
    /// <param name="test">Share of the edges for the test, in [0, 1).</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>Each part is disposed by the caller.</returns>
    /// <exception cref="ArgumentException">No edge is left to learn from, or there are too few pairs without an edge.</exception>
    public static (LinkData Train, LinkData Validation, LinkData Test) Split(
        Tensor nodes, Tensor edges, double validation = 0.05, double test = 0.1, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        if (!(validation >= 0 && test >= 0 && validation + test < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(test), string.Create(CultureInfo.InvariantCulture,
                $"The shares {validation} and {test} must be at least 0 and leave some edges to learn from."));
        }

        RequirePairs(nodes, edges, "Edges", nameof(edges));
        var links = Undirected(edges);
        var random = new HostRandom(seed);
        for (int i = links.Count - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (links[i], links[other]) = (links[other], links[i]);
        }

        // A share such as 0.1 is no sum of powers of two: its product may lie a little below a whole number.
        int ofTest = (int)Math.Floor((links.Count * test) + 1e-9);
        int ofValidation = (int)Math.Floor((links.Count * validation) + 1e-9);
        var rest = links[(ofTest + ofValidation)..];
        if (rest.Count == 0) throw new ArgumentException("There is no edge to learn from.", nameof(edges));
        var others = Others(nodes.size(0), links, ofTest + ofValidation, random);
        using var scope = NewDisposeScope();
        var kept = Listed([.. rest, .. rest.Select(link => (link.To, link.From))]);
        return (new LinkData(nodes.clone(), kept.clone()),
            Part(links[ofTest..(ofTest + ofValidation)], others[ofTest..]), Part(links[..ofTest], others[..ofTest]));

        LinkData Part(List<(long From, long To)> some, List<(long From, long To)> none) => new(nodes.clone(), kept.clone(),
            Listed([.. some, .. none]), cat([ones(some.Count, ScalarType.Int64), zeros(none.Count, ScalarType.Int64)], 0));
    }

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Nodes.alias();

    /// <inheritdoc/>
    public Tensor ReadInput(string name, Tensor indices) =>
        name == EdgesName ? Edges.alias()
            : throw new ArgumentException($"There is no input '{name}', but '{EdgesName}'.", nameof(name));

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        _nodes.Dispose();
        _edges.Dispose();
        _pairs?.Dispose();
        _labels?.Dispose();
    }

    /// <summary>Which pairs are none: 1, and 0 for an edge in either direction or a node with itself.</summary>
    /// <param name="pairs">[2, P] int64.</param>
    /// <param name="edges">[2, E] int64.</param>
    /// <param name="nodes">A tensor with a row for each node, of the type wanted.</param>
    /// <returns>[P]; the caller frees it.</returns>
    public static Tensor Counted(Tensor pairs, Tensor edges, Tensor nodes)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(nodes);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long count = nodes.size(0);
        var (from, to) = (pairs.select(0, 0), pairs.select(0, 1));
        var known = Key(edges.select(0, 0), edges.select(0, 1), count);
        var isNone = isin(Key(from, to, count), known).logical_not().logical_and(from.ne(to));
        return isNone.to(nodes.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Refuses a list without edges, of which no mean can be taken.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="edges">[2, E] int64.</param>
    /// <exception cref="DataMismatchException">There is no edge.</exception>
    public static void RequireEdges(string name, Tensor edges)
    {
        BatchPart.Require(edges, name);
        if (edges.dim() != 2 || edges.size(1) == 0)
            throw new DataMismatchException($"'{name}' is [{Shape(edges)}]: there is no edge to tell.");
    }

    // The same number for both directions of an edge.
    private static Tensor Key(Tensor from, Tensor to, long count) =>
        Aten.add(from.minimum(to).mul(Aten.full_like(from, count)), from.maximum(to));

    private static List<(long From, long To)> Undirected(Tensor edges)
    {
        using var flat = edges.cpu().contiguous();
        long[] ends = MemoryMarshal.Cast<byte, long>(flat.bytes).ToArray();
        int count = ends.Length / 2;
        return [.. Enumerable.Range(0, count).Select(i => (From: ends[i], To: ends[count + i]))
            .Where(link => link.From != link.To)
            .Select(link => (Math.Min(link.From, link.To), Math.Max(link.From, link.To))).Distinct().Order()];
    }

    private static List<(long From, long To)> Others(
        long nodes, List<(long From, long To)> links, int wanted, HostRandom random)
    {
        long free = (nodes * (nodes - 1) / 2) - links.Count;
        if (free < wanted)
            throw new ArgumentException($"{wanted} pairs without an edge are wanted, but there are {free}.", nameof(links));
        var taken = new HashSet<(long From, long To)>(links);
        List<(long From, long To)> drawn = [];
        while (drawn.Count < wanted)
        {
            long first = random.Below((int)nodes), second = random.Below((int)nodes);
            var pair = (Math.Min(first, second), Math.Max(first, second));
            if (first != second && taken.Add(pair)) drawn.Add(pair);
        }

        return drawn;
    }

    private static Tensor Listed(List<(long From, long To)> links) => stack(
    [
        tensor([.. links.Select(link => link.From)], ScalarType.Int64),
        tensor([.. links.Select(link => link.To)], ScalarType.Int64),
    ]);

    private static void RequirePairs(Tensor nodes, Tensor pairs, string what, string argument)
    {
        if (pairs.dim() != 2 || pairs.size(0) != 2 || pairs.dtype != ScalarType.Int64)
            throw new ArgumentException($"{what} are [2, ...] int64, but these are [{Shape(pairs)}] {pairs.dtype}.", argument);
        if (pairs.numel() == 0) return;
        using var scope = NewDisposeScope();
        long first = Aten.item_int64(pairs.min()), last = Aten.item_int64(pairs.max());
        if (first < 0 || last >= nodes.size(0))
            throw new ArgumentException($"{what} name nodes {first} to {last}, but there are {nodes.size(0)}.", argument);
    }

    private static string Shape(Tensor tensor) => string.Join(", ", tensor.shape);
}
