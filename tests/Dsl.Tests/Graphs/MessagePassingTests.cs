using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

/// <summary>Features of edges, and message passing with declared functions: against the papers' formulas edge by edge, in both
/// targets; a batch against each graph alone.</summary>
public class MessagePassingTests
{
    [Fact]
    public void Isomorphism_with_edges()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/isomorphism_edges"), new IsomorphicWithEdges(),
            new IsomorphicWithEdges.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["edge_features"]),
            input => model.Forward(input, golden["edges"], golden["edge_features"], tape),
            gradient => Checked(golden, model.Backward(tape, gradient, inputGradients: true)!.Value));
    }

    [Fact]
    public void Sums_of_messages()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/passing_sum"), new PassingBySum(), new PassingBySum.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["edge_features"]),
            input => model.Forward(input, golden["edges"], golden["edge_features"], tape),
            gradient => Checked(golden, model.Backward(tape, gradient, inputGradients: true)!.Value));
    }

    [Fact]
    public void Means_of_messages()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/passing_mean"), new PassingByMean(), new PassingByMean.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["edge_features"]),
            input => model.Forward(input, golden["edges"], golden["edge_features"], tape),
            gradient => Checked(golden, model.Backward(tape, gradient, inputGradients: true)!.Value));
    }

    [Fact]
    public void The_largest_of_messages()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/passing_max"), new PassingByMax(), new PassingByMax.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["edge_features"]),
            input => model.Forward(input, golden["edges"], golden["edge_features"], tape),
            gradient => Checked(golden, model.Backward(tape, gradient, inputGradients: true)!.Value));
    }

    [Fact]
    public void Messages_and_updates_by_their_arguments_names()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/passing_gated"), new PassingGated(), new PassingGated.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["edge_features"]),
            input => model.Forward(input, golden["edges"], golden["edge_features"], tape),
            gradient => Checked(golden, model.Backward(tape, gradient, inputGradients: true)!.Value));
    }

    [Fact]
    public void A_network_of_the_edge_makes_the_senders_matrix()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/edge_network"), new PassingByEdgeNetwork(),
            new PassingByEdgeNetwork.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"], golden["edge_features"]),
            input => model.Forward(input, golden["edges"], golden["edge_features"], tape),
            gradient => Checked(golden, model.Backward(tape, gradient, inputGradients: true)!.Value));
    }

    [Fact]
    public void Messages_without_features_of_edges()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/passing_without_features"), new PassingWithoutFeatures(),
            new PassingWithoutFeatures.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void The_gradient_by_features_of_edges_is_autograds()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("graph_layers/passing_gated");
        using var model = new PassingGated();
        golden.Restore(model.state_dict(), "parameters.");
        var features = golden["edge_features"].clone().requires_grad_();
        model.forward(golden["input"], golden["edges"], features).backward([golden["output_gradient"]]);
        golden.Matches("edge_features_gradient", features.grad!);
    }

    [Fact]
    public void A_method_passes_messages_as_a_stack_does()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("graph_layers/passing_sum");
        using var model = new PassingMethod();
        Assert.Contains("Pass.message.0.weight", model.state_dict().Keys);
        foreach (var (name, parameter) in model.named_parameters())
            using (no_grad()) parameter.copy_(golden["parameters." + name.Replace("Pass.", "0.", StringComparison.Ordinal)]);
        golden.Matches("output", model.forward(golden["input"], golden["edges"], golden["edge_features"]));
    }

    [Fact]
    public void A_batch_is_each_graph_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new EdgeFeatureGraphs(new Generator(3));
        model.eval();
        using var graphs = new GraphDataset(Graphs(), [0, 1, 2, 0, 1]);
        var together = Predict(model, graphs, [0, 1, 2, 3, 4]);
        for (int i = 0; i < graphs.Count; i++)
            Close.To(Predict(model, graphs, [i]).squeeze(0), together[i], $"graph {i}", 1e-5);
        Close.To(together.index_select(0, tensor(new long[] { 4, 0, 4 })), Predict(model, graphs, [4, 0, 4]), "order", 1e-5);

        // What an edge says is heard.
        List<GraphSample> others = [.. Graphs().Select(graph => graph with { EdgeFeatures = graph.EdgeFeatures! + 1 })];
        using var changed = new GraphDataset(others, [0, 1, 2, 0, 1]);
        Assert.True((Predict(model, changed, [0]) - together[0]).abs().max().ToDouble() > 1e-3);
    }

    [Fact]
    public void Both_targets_learn_from_features_of_edges_alike()
    {
        using var graphs = new GraphDataset(Graphs(), [0, 1, 2, 0, -100]);
        using var first = new EdgeFeaturesExplicit(new EdgeFeatureGraphs(new Generator(3)));
        using var second = new EdgeFeaturesAutograd(new EdgeFeatureGraphs(new Generator(3)));
        using var start = first.Model.Arena.Values.clone();
        first.Fit(graphs);
        second.Fit(graphs);
        Assert.Equal(4, first.StepCount);
        Assert.True((first.Model.Arena.Values - start).abs().max().ToDouble() > 0.01);

        // The targets may round products differently, and Adam divides small gradients by their own size.
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after a run", 5e-4);
    }

    [Fact]
    public void One_graph_has_features_of_edges_too()
    {
        using var scope = NewDisposeScope();
        var sample = Graphs()[0];
        using var graph = new GraphData(sample.Nodes.clone(), sample.Edges.clone(), tensor(new long[] { 0, 1, 2 }),
            sample.EdgeFeatures!.clone());
        using var none = tensor(new long[] { 0 });
        Close.To(sample.EdgeFeatures!, graph.ReadInput("edgeFeatures", none), "features", 0);
        using var part = graph.WithLabelsOf(1, 2);
        Close.To(sample.EdgeFeatures!, part.EdgeFeatures!, "features of a part", 0);
        Assert.Contains("[6, K]", Assert.Throws<ArgumentException>(() => new GraphData(sample.Nodes.clone(), sample.Edges.clone(),
            tensor(new long[] { 0, 1, 2 }), zeros(5, 4))).Message);
    }

    [Fact]
    public void Features_that_do_not_fit_are_told()
    {
        using var scope = NewDisposeScope();
        var graphs = Graphs();
        Refuses("give all graphs some, or none", [graphs[0], graphs[2] with { EdgeFeatures = null }]);
        Refuses("Edges of graph 1 have features, and those of graph 0 have none",
            [graphs[0] with { EdgeFeatures = null }, graphs[3]]);
        Refuses("graph 1, which has 3 edges, are [2, 4]", [graphs[0], graphs[3] with { EdgeFeatures = zeros(2, 4) }]);
        Refuses("are [3, 5]", [graphs[0], graphs[3] with { EdgeFeatures = zeros(3, 5) }]);
        using var trainer = new EdgeFeaturesExplicit(new EdgeFeatureGraphs(new Generator(3)));
        using var batch = new EdgeFeaturesExplicit.Batch(zeros(3, 6), tensor(new long[,] { { 0, 1 }, { 1, 0 } }), zeros(3, 4),
            tensor(new long[] { 2, 1 }), tensor(new long[] { 0, 1 }));
        Assert.Contains("'edgeFeatures' of EdgeFeatureGraphs has rows of 3 edges, but 'edges' has 2",
            Assert.Throws<DataMismatchException>(() => trainer.Step(batch)).Message);

        static void Refuses(string words, List<GraphSample> wrong) => Assert.Contains(
            words, Assert.Throws<ArgumentException>(() => new GraphDataset(wrong, [0, 1])).Message);
    }

    /// <summary>The gradient by the nodes, where that by the edges' features is the golden's.</summary>
    private static Tensor Checked(Golden golden, (Tensor Nodes, Tensor Edges) gradients)
    {
        golden.Matches("edge_features_gradient", gradients.Edges);
        return gradients.Nodes;
    }

    private static Tensor Predict(EdgeFeatureGraphs model, GraphDataset graphs, long[] which)
    {
        using var indices = tensor(which);
        return model.forward(graphs.ReadInputs(indices), graphs.ReadInput("edges", indices),
            graphs.ReadInput("edgeFeatures", indices), graphs.ReadInput("sizes", indices));
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
        return new(randn(nodes, 6, generator: generator), stack([tensor(from), tensor(to)]))
        {
            EdgeFeatures = randn(from.Length, 4, generator: generator),
        };
    }
}
