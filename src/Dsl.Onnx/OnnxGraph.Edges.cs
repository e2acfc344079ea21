namespace Dsl.Runtime;

/// <content>Graphs of nodes and edges [2, E] int64, as <see cref="EdgeLists"/> has them.</content>
public sealed partial class OnnxGraph
{
    /// <summary>The edges, and one from each node to itself, [2, E + N].</summary>
    /// <param name="edges">[2, E].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    public OnnxValue WithSelfLoops(OnnxValue edges, OnnxValue nodes)
    {
        var loops = Node("Tile", Node("Unsqueeze", Counted(Count(nodes)), List(0)), List(2, 1));
        return Node("Concat", edges, loops).With("axis", 1);
    }

    /// <summary>1/√(d_i·d_j) for each edge, [M, 1].</summary>
    /// <param name="edges">With self-loops, [2, M].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    public OnnxValue SymmetricEdgeWeights(OnnxValue edges, OnnxValue nodes)
    {
        var (from, to) = Ends(edges);
        var counting = Counting(from, to, nodes);
        var root = Node("Reciprocal", Node("Sqrt", SumRows(counting, to, nodes)));
        return Node("Mul", Node("Mul", counting, Node("Gather", root, from)), Node("Gather", root, to));
    }

    /// <summary>The sum of the rows that go to each place.</summary>
    /// <param name="rows">[M, ...].</param>
    /// <param name="to">The place of each, [M].</param>
    /// <param name="places">A tensor with a row for each of the N places.</param>
    /// <returns>[N, ...].</returns>
    public OnnxValue SumRows(OnnxValue rows, OnnxValue to, OnnxValue places) => Scattered(rows, to, places, 0, "add");

    /// <summary>What nodes send along the edges, weighted, summed where it arrives.</summary>
    /// <param name="nodes">[N, C].</param>
    /// <param name="weights">[M, 1].</param>
    /// <param name="from">The node from which each message goes, [M].</param>
    /// <param name="to">The one that receives it, [M].</param>
    /// <returns>[N, C].</returns>
    public OnnxValue Propagate(OnnxValue nodes, OnnxValue weights, OnnxValue from, OnnxValue to) =>
        SumRows(Node("Mul", Node("Gather", nodes, from), weights), to, nodes);

    /// <summary>The largest of the rows that go to each place, 0 where none goes.</summary>
    /// <param name="rows">[M, C].</param>
    /// <param name="to">The place of each, [M].</param>
    /// <param name="places">A tensor with a row for each of the N places.</param>
    /// <returns>[N, C].</returns>
    public OnnxValue MaxRows(OnnxValue rows, OnnxValue to, OnnxValue places)
    {
        var largest = Scattered(rows, to, places, double.NegativeInfinity, "max");
        return Node("Where", Node("Greater", Arrivals(to, places), Number(0)), largest, Number(0));
    }

    /// <summary>1/n for each place at which n rows arrive; 1 where none does, [N, 1].</summary>
    /// <param name="to">The place of each row, [M].</param>
    /// <param name="places">A tensor with a row for each of the N places.</param>
    public OnnxValue InverseCounts(OnnxValue to, OnnxValue places) =>
        Node("Reciprocal", Node("Max", Arrivals(to, places), Number(1)));

    /// <summary>Softmax over the edges that arrive at a node.</summary>
    /// <param name="scores">[M, H].</param>
    /// <param name="edges">With self-loops, [2, M].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    /// <returns>[M, H].</returns>
    public OnnxValue EdgeSoftmax(OnnxValue scores, OnnxValue edges, OnnxValue nodes)
    {
        var (from, to) = Ends(edges);
        var largest = Scattered(scores, to, nodes, double.NegativeInfinity, "max");
        var powers = Node("Exp", Node("Sub", scores, Node("Gather", largest, to)));
        var weights = Node("Mul", powers, Counting(from, to, nodes));
        return Node("Div", weights, Node("Gather", SumRows(weights, to, nodes), to));
    }

    /// <summary>Softmax over the rows that go to the same place.</summary>
    /// <param name="scores">[M, H].</param>
    /// <param name="to">The place of each row, [M].</param>
    /// <param name="places">A tensor with a row for each of the N places.</param>
    /// <returns>[M, H].</returns>
    public OnnxValue RowSoftmax(OnnxValue scores, OnnxValue to, OnnxValue places)
    {
        var largest = Scattered(scores, to, places, double.NegativeInfinity, "max");
        var weights = Node("Exp", Node("Sub", scores, Node("Gather", largest, to)));
        return Node("Div", weights, Node("Gather", SumRows(weights, to, places), to));
    }

    /// <summary>An edge from each node of a graph to each, itself among them, [2, P].</summary>
    /// <param name="sizes">How many nodes each graph has, [G].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    public OnnxValue CompleteEdges(OnnxValue sizes, OnnxValue nodes)
    {
        var graph = GraphOfNodes(sizes, nodes);
        return Node("NonZero", Node("Equal", Node("Unsqueeze", graph, List(0)), Node("Unsqueeze", graph, List(1))));
    }

    /// <summary>The graph of each node, [N].</summary>
    /// <param name="sizes">How many nodes each graph has, [G].</param>
    /// <param name="nodes">A tensor with a row for each of the N nodes.</param>
    public OnnxValue GraphOfNodes(OnnxValue sizes, OnnxValue nodes)
    {
        // As many graphs lie before a node as end at or before its number.
        var ends = Node("Unsqueeze", Node("CumSum", sizes, Index(0)), List(0));
        var node = Node("Unsqueeze", Counted(Count(nodes)), List(1));
        var before = Node("Cast", Node("GreaterOrEqual", node, ends)).With("to", Int64);
        return Node("ReduceSum", before, List(1)).With("keepdims", 0);
    }

    private (OnnxValue From, OnnxValue To) Ends(OnnxValue edges) =>
        (Node("Gather", edges, Index(0)).With("axis", 0), Node("Gather", edges, Index(1)).With("axis", 0));

    /// <summary>1 for each edge that counts, 0 for a listed one from a node to itself, which is among the added ones again,
    /// [M, 1].</summary>
    private OnnxValue Counting(OnnxValue from, OnnxValue to, OnnxValue nodes)
    {
        var edges = Count(to);
        var isAdded = Node("GreaterOrEqual", Counted(edges), Node("Sub", edges, Count(nodes)));
        var counts = Node("Or", Node("Not", Node("Equal", from, to)), isAdded);
        return Node("Unsqueeze", Real(counts), List(1));
    }

    /// <summary>How many rows arrive at each place, [N, 1].</summary>
    private OnnxValue Arrivals(OnnxValue to, OnnxValue places)
    {
        var ones = Node("Expand", Number(1), Node("Concat", Rows(to), List(1)).With("axis", 0));
        return SumRows(ones, to, places);
    }

    private OnnxValue Scattered(OnnxValue rows, OnnxValue to, OnnxValue places, double start, string reduction)
    {
        var shape = Node("Concat", Rows(places), Node("Shape", rows).With("start", 1)).With("axis", 0);
        return Node("ScatterND", Node("Expand", Number(start), shape), Node("Unsqueeze", to, List(1)), rows)
            .With("reduction", reduction);
    }

    /// <summary>The size of the first dimension, without dimensions.</summary>
    private OnnxValue Count(OnnxValue value) => Node("Squeeze", Rows(value), List(0));

    /// <summary>0, 1, ... below a number.</summary>
    private OnnxValue Counted(OnnxValue count) => Node("Range", Index(0), count, Index(1));
}
