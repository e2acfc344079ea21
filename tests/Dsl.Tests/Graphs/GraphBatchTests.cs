using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

/// <summary>Batches of graphs: layers against the papers' formulas, node by node, in both targets; a batch against each graph
/// alone.</summary>
public class GraphBatchTests
{
    [Fact]
    public void Pooled_by_sum()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/pool_sum"), new PooledBySum(), new PooledBySum.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["sizes"]),
            input => model.Forward(input, golden["sizes"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Pooled_by_mean()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/pool_mean"), new PooledByMean(), new PooledByMean.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["sizes"]),
            input => model.Forward(input, golden["sizes"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Pooled_by_the_largest()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/pool_max"), new PooledByMax(), new PooledByMax.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["sizes"]),
            input => model.Forward(input, golden["sizes"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Convolved()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/convolved_batch"), new ConvolvedGraphs(),
            new ConvolvedGraphs.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["sizes"]),
            input => model.Forward(input, golden["edges"], golden["sizes"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Isomorphism()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/isomorphism"), new Isomorphic(), new Isomorphic.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Sage()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/sage"), new Sage(), new Sage.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    /// <summary>Equal numbers share the gradient of their maximum, as in libtorch's amax.</summary>
    [Fact]
    public void Equal_rows_share_the_gradient_of_the_largest()
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new float[,] { { 2 }, { 2 }, { 1 }, { -3 } }).requires_grad_();
        var (to, places) = (tensor(new long[] { 0, 0, 0, 2 }), zeros(4, 1));
        var largest = EdgeLists.Max(rows, to, places);
        Close.To(tensor(new float[,] { { 2 }, { 0 }, { -3 }, { 0 } }), largest, "largest", 0);
        var gradient = tensor(new float[,] { { 6 }, { 5 }, { 7 }, { 4 } });
        largest.backward([gradient]);
        var expected = tensor(new float[,] { { 3 }, { 3 }, { 0 }, { 7 } });
        Close.To(expected, rows.grad!, "autograd", 0);
        Close.To(expected, EdgeLists.MaxBackward(gradient, rows.detach(), largest.detach(), to), "explicit", 0);
    }

    [Fact]
    public void A_batch_is_each_graph_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new EveryGraphLayer(new Generator(3));
        model.eval();
        using var graphs = new GraphDataset(Graphs(), [0, 1, 2, 0, 1]);
        var together = Predict(model, graphs, [0, 1, 2, 3, 4]);
        for (int i = 0; i < graphs.Count; i++)
            Close.To(Predict(model, graphs, [i]).squeeze(0), together[i], $"graph {i}", 1e-5);
        Close.To(together.index_select(0, tensor(new long[] { 4, 0, 4 })), Predict(model, graphs, [4, 0, 4]), "order", 1e-5);
    }

    [Fact]
    public void Both_targets_learn_the_classes_of_graphs_alike()
    {
        using var graphs = new GraphDataset(Graphs(), [0, 1, 2, 0, -100]);
        using var first = new GraphClassesExplicit(new EveryGraphLayer(new Generator(3)));
        using var second = new GraphClassesAutograd(new EveryGraphLayer(new Generator(3)));
        using var start = first.Model.Arena.Values.clone();
        Assert.Equal(4, first.Evaluate(graphs).Count);
        first.Fit(graphs);
        second.Fit(graphs);
        Assert.Equal(4, first.StepCount);
        Assert.True((first.Model.Arena.Values - start).abs().max().ToDouble() > 0.01);

        // The targets may round products differently, and Adam divides small gradients by their own size.
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after a run", 5e-4);
    }

    [Fact]
    public void Numbers_of_graphs_and_of_nodes_are_learned()
    {
        using var targets = tensor(new float[] { 1, 2, 3, 4, 5 });
        using var graphs = new GraphDataset(Graphs(), targets);
        using var ofGraphs = new GraphNumberTrainer(new GraphNumber());
        double before = ofGraphs.Evaluate(graphs).MeanSquaredError;
        ofGraphs.Fit(graphs);
        Assert.True(ofGraphs.Evaluate(graphs).MeanSquaredError < before);

        var graphsOfNodes = Graphs();
        using var nodes = new GraphDataset(graphsOfNodes, [.. graphsOfNodes.Select(graph => graph.Nodes.sum(1))]);
        using var ofNodes = new NodeNumberTrainer(new NodeNumber());
        before = ofNodes.Evaluate(nodes).MeanSquaredError;
        ofNodes.Fit(nodes);
        Assert.True(ofNodes.Evaluate(nodes).MeanSquaredError < before);
    }

    /// <summary>All nodes of both have two neighbours that look like themselves: colours of the Weisfeiler-Leman test never
    /// differ. A position for each node breaks the tie.</summary>
    [Fact]
    public void A_hexagon_and_two_triangles_look_alike()
    {
        using var scope = NewDisposeScope();
        long[] ring = [0, 1, 2, 3, 4, 5], next = [1, 2, 3, 4, 5, 0], triangles = [1, 2, 0, 4, 5, 3];
        GraphSample[] pair = [new(ones(6, 6), Both(ring, next)), new(ones(6, 6), Both(ring, triangles))];
        using var alike = new GraphDataset(pair, [0, 1]);
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            using var model = new EveryGraphLayer(new Generator(seed));
            model.eval();
            var output = Predict(model, alike, [0, 1]);
            Close.To(output[0], output[1], "graphs that look alike", 1e-5);
            Assert.True(output.abs().max().ToDouble() > 0.01);

            // Eighths are added and multiplied without rounding, in whatever order: then nothing at all is left to differ.
            using var exact = new IsomorphicGraphs(new Generator(seed));
            using (no_grad()) exact.Arena.Values.mul_(8).round_().div_(8);
            using var which = tensor(new long[] { 0, 1 });
            output = exact.forward(
                alike.ReadInputs(which), alike.ReadInput("edges", which), alike.ReadInput("sizes", which));
            Close.To(output[0], output[1], "graphs that look alike, in eighths", 0);
            Assert.True(output.abs().max().ToDouble() > 0.01);
        }

        // Sums of features without positions are equal; how far neighbours are from each other is not.
        var positions = eye(6);
        GraphSample[] placed = [.. pair.Select(graph => new GraphSample(positions, graph.Edges))];
        using var apart = new GraphDataset(placed, [0, 1]);
        using var told = new EveryGraphLayer(new Generator(1));
        told.eval();
        var different = Predict(told, apart, [0, 1]);
        Assert.True((different[0] - different[1]).abs().max().ToDouble() > 1e-3);

        static Tensor Both(long[] from, long[] to) => stack([tensor([.. from, .. to]), tensor([.. to, .. from])]);
    }

    [Fact]
    public void Data_that_are_none_are_refused()
    {
        using var scope = NewDisposeScope();
        var nodes = zeros(2, 6);
        var none = zeros(2, 0, ScalarType.Int64);
        GraphSample good = new(nodes, none);
        Refuses("There is no graph", () => new GraphDataset([], Array.Empty<long>()));
        Refuses("there are 2 graphs", () => new GraphDataset([good, good], [1]));
        Refuses("edge of graph 1 names node 2, but the graph has 2 nodes",
            () => new GraphDataset([good, new(nodes, tensor(new long[,] { { 0 }, { 2 } }))], [0, 1]));
        Refuses("those of graph 1 are [2, 5]", () => new GraphDataset([good, new(zeros(2, 5), none)], [0, 1]));
        Refuses("those of graph 0 are [2, 0] Float32", () => new GraphDataset([new(nodes, zeros(2, 0))], [0]));
        Refuses("labels of graph 0 are [3]", () => new GraphDataset([good], [zeros(3)]));
        using var graphs = new GraphDataset([good], [0]);
        Refuses("'charges' of graph 0 is [1, 2], but the graph has 2 nodes", () => graphs.WithNodes("charges", [zeros(1, 2)]));
        Refuses("an input 'edges' already", () => graphs.WithNodes("edges", [zeros(2, 2)]));
        using var first = tensor(new long[] { 0 });
        Refuses("There is no input 'charges', but 'edges', 'sizes'", () => graphs.ReadInput("charges", first));
        Assert.Equal([2, 1], graphs.WithNodes("charges", [zeros(2, 1)]).ReadInput("charges", first).shape);
        Assert.Equal([2], graphs.NodeCounts);
        Assert.Equal([0], graphs.EdgeCounts);
        using var infinite = full(1, 6, float.PositiveInfinity);
        Assert.Throws<DataMismatchException>(() => new GraphDataset([new(infinite, none)], [0]));

        static void Refuses(string words, Func<object> make) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(make).Message);
    }

    [Fact]
    public void What_does_not_fit_is_told_before_anything_changes()
    {
        using var trainer = new GraphClassesExplicit(new EveryGraphLayer(new Generator(3)));
        using var before = trainer.Model.Arena.Values.clone();
        Refuses("'edges' of EveryGraphLayer names node 3, but 'input' has 3 nodes", edges: new long[,] { { 0, 3 }, { 1, 1 } });
        Refuses("names node -1", edges: new long[,] { { 0, -1 }, { 1, 1 } });
        Refuses("holds 2 sizes of graphs, which add up to 4 nodes, but 'input' has 3", sizes: [2, 2]);
        Refuses("one of which is -1", sizes: [4, -1]);
        Refuses("2 samples", labels: [1, 2, 0]);
        Close.To(before, trainer.Model.Arena.Values, "parameters", 0);

        void Refuses(string words, long[,]? edges = null, long[]? sizes = null, long[]? labels = null)
        {
            using var batch = new GraphClassesExplicit.Batch(
                zeros(3, 6), tensor(edges ?? new long[,] { { 0 }, { 1 } }), tensor(sizes ?? [2, 1]), tensor(labels ?? [0, 1]));
            Assert.Contains(words, Assert.Throws<DataMismatchException>(() => trainer.Step(batch)).Message);
        }
    }

    private static Tensor Predict(EveryGraphLayer model, GraphDataset graphs, long[] which)
    {
        using var indices = tensor(which);
        return model.forward(
            graphs.ReadInputs(indices), graphs.ReadInput("edges", indices), graphs.ReadInput("sizes", indices));
    }

    /// <summary>A triangle, a graph without nodes, one without edges, a path in one direction, a star.</summary>
    private static List<GraphSample> Graphs() =>
    [
        Graph(3, [0, 1, 1, 2, 2, 0], [1, 0, 2, 1, 0, 2], 1),
        Graph(0, [], [], 2),
        Graph(2, [], [], 3),
        Graph(4, [0, 1, 2], [1, 2, 3], 4),
        Graph(5, [0, 0, 0, 0, 1], [1, 2, 3, 4, 0], 5),
    ];

    private static GraphSample Graph(int nodes, long[] from, long[] to, ulong seed)
    {
        using var generator = new Generator(seed);
        return new(randn(nodes, 6, generator: generator), stack([tensor(from), tensor(to)]));
    }
}
