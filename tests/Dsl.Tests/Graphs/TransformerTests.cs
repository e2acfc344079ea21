using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

/// <summary>Graph transformers: attention against its formula node by node, in both targets; positions by eigenvectors; a batch
/// against each graph alone.</summary>
public class TransformerTests
{
    private const int Count = 3;

    [Fact]
    public void Attention_along_edges()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/attended"), new AttendedNodes(), new AttendedNodes.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Attention_within_a_graph()
    {
        var (golden, model, tape) = (Golden.Load("graph_layers/attended_full"), new AttendedGraphs(), new AttendedGraphs.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["sizes"]),
            input => model.Forward(input, golden["sizes"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Positions_are_eigenvectors_of_each_component()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("laplacian/positions");
        golden.Matches("positions", LaplacianEigenvectors.Of(golden["edges"], 12, 4));
        Assert.Equal([0, 2], LaplacianEigenvectors.Of(zeros(2, 0, ScalarType.Int64), 0, 2).shape);
        Close.To(zeros(2, 3), LaplacianEigenvectors.Of(zeros(2, 0, ScalarType.Int64), 2, 3), "nodes alone", 0);
        Assert.Contains("Edge 0 leads from node 0 to node 2", Assert.Throws<ArgumentException>(
            () => LaplacianEigenvectors.Of(tensor(new long[,] { { 0 }, { 2 } }), 2, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => LaplacianEigenvectors.Of(golden["edges"], 12, 0));
    }

    /// <summary>Where an eigenvalue comes twice, any basis will do: what must hold is L v = λ v with the right λ.</summary>
    [Fact]
    public void Positions_of_a_ring_solve_the_equation()
    {
        using var scope = NewDisposeScope();
        var ring = Both([0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 0]);
        var positions = LaplacianEigenvectors.Of(ring, 6, 5).to(ScalarType.Float64);
        var adjacency = zeros(6, 6, ScalarType.Float64);
        for (int i = 0; i < 6; i++) adjacency[i, (i + 1) % 6] = adjacency[(i + 1) % 6, i] = 1;
        var laplacian = eye(6, dtype: ScalarType.Float64) - (adjacency / 2);
        double[] values = [.. new[] { 1, 1, 2, 2, 3 }.Select(k => 1 - Math.Cos(Math.PI * k / 3))];
        Close.To(positions * tensor(values), laplacian.mm(positions), "L v = λ v", 1e-6);
        Close.To(eye(5, dtype: ScalarType.Float64), positions.t().mm(positions), "lengths and angles", 1e-6);
    }

    [Fact]
    public void A_batch_is_each_graph_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new TransformedGraphs(new Generator(3));
        model.eval();
        using var graphs = Data([0, 1, 2, 0, 1]);
        var together = Predict(model, graphs, [0, 1, 2, 3, 4]);
        for (int i = 0; i < graphs.Count; i++)
            Close.To(Predict(model, graphs, [i]).squeeze(0), together[i], $"graph {i}", 1e-5);
        Close.To(together.index_select(0, tensor(new long[] { 4, 0, 4 })), Predict(model, graphs, [4, 0, 4]), "order", 1e-5);
    }

    [Fact]
    public void Both_targets_learn_with_drawn_signs_alike()
    {
        using var graphs = Data([0, 1, 2, 0, -100]);
        using var first = new TransformedExplicit(new TransformedGraphs(new Generator(3)));
        using var second = new TransformedAutograd(new TransformedGraphs(new Generator(3)));
        first.Fit(graphs);
        second.Fit(graphs);
        Assert.Equal(4, first.StepCount);

        // The targets may round products differently, and Adam divides small gradients by their own size.
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after a run", 5e-4);
    }

    [Fact]
    public void Signs_are_drawn_for_each_graph_and_column()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var sizes = tensor(new long[] { 2, 0, 3 });
        var positions = arange(1, 16, ScalarType.Float32).reshape(5, 3);
        var graph = GraphInput.GraphOfNodes(sizes, positions);
        var both = new HashSet<string>();
        for (int draw = 0; draw < 50; draw++)
        {
            var (output, signs) = ColumnSigns.Sample(positions, graph, sizes, generator);
            Close.To(positions * signs, output, "signed", 0);
            Close.To(ones_like(signs), signs.abs(), "signs", 0);
            Close.To(signs[0], signs[1], "one graph", 0);
            Close.To(signs[2], signs[4], "another", 0);
            both.Add(string.Concat(cat([signs[0], signs[2]]).data<float>().Select(sign => sign > 0 ? '+' : '-')));
        }

        // Of 64 ways 50 draws find about 35.
        Assert.True(both.Count > 20, $"{both.Count} ways");
        using var model = new SignedPositions(new Generator(2));
        model.eval();
        Close.To(model.forward(positions), model.forward(positions), "evaluation", 0);
        var (tape, input) = (new SignedPositions.Tape(), positions.clone().requires_grad_());
        model.train();
        model.DropoutStream = new Generator(9);
        model.Forward(positions, tape);
        var explicitly = model.Backward(tape, ones(5, 2), inputGradient: true)!;
        model.DropoutStream = new Generator(9);
        model.forward(input).backward([ones(5, 2)]);
        Close.To(explicitly, input.grad!, "gradient", 1e-6);
    }

    /// <summary>Message passing gives both the same, whatever was learned; where a node stands among the eigenvectors
    /// differs.</summary>
    [Fact]
    public void Two_triangles_and_a_hexagon_are_told_apart()
    {
        using var scope = NewDisposeScope();
        long[] ring = [0, 1, 2, 3, 4, 5];
        GraphSample[] pair = [new(ones(6, 6), Both(ring, [1, 2, 3, 4, 5, 0])), new(ones(6, 6), Both(ring, [1, 2, 0, 4, 5, 3]))];
        using var graphs = new GraphDataset(pair, [0, 1]);
        graphs.WithNodes("positions", [.. pair.Select(graph => LaplacianEigenvectors.Of(graph, Count))]);
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            using var model = new TransformedGraphs(new Generator(seed));
            model.eval();
            var output = Predict(model, graphs, [0, 1]);
            Assert.True((output[0] - output[1]).abs().max().ToDouble() > 1e-3, $"seed {seed}");
        }
    }

    private static Tensor Predict(TransformedGraphs model, GraphDataset graphs, long[] which)
    {
        using var indices = tensor(which);
        return model.forward(graphs.ReadInputs(indices), graphs.ReadInput("edges", indices), graphs.ReadInput("sizes", indices),
            graphs.ReadInput("positions", indices));
    }

    /// <summary>A triangle, a graph without nodes, one without edges, a path in one direction, a star.</summary>
    private static GraphDataset Data(long[] classes)
    {
        List<GraphSample> graphs =
        [
            Graph(3, [0, 1, 1, 2, 2, 0], [1, 0, 2, 1, 0, 2], 1), Graph(0, [], [], 2), Graph(2, [], [], 3),
            Graph(4, [0, 1, 2], [1, 2, 3], 4), Graph(5, [0, 0, 0, 0, 1], [1, 2, 3, 4, 0], 5),
        ];
        var data = new GraphDataset(graphs, classes);
        return data.WithNodes("positions", [.. graphs.Select(graph => LaplacianEigenvectors.Of(graph, Count))]);
    }

    private static GraphSample Graph(int nodes, long[] from, long[] to, ulong seed)
    {
        using var generator = new Generator(seed);
        return new(randn(nodes, 6, generator: generator), stack([tensor(from), tensor(to)]));
    }

    private static Tensor Both(long[] from, long[] to) => stack([tensor([.. from, .. to]), tensor([.. to, .. from])]);
}
