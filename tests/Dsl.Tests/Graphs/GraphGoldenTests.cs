using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

/// <summary>Graph layers against the papers' formulas on a dense adjacency matrix, in both targets.</summary>
public class GraphGoldenTests
{
    [Fact]
    public void Convolution()
    {
        var (golden, model, tape) = (Golden.Load("graphs/convolution"), new Convolved(), new Convolved.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Two_convolutions()
    {
        var (golden, model, tape) = (Golden.Load("graphs/two_convolutions"), new TwoConvolutions(), new TwoConvolutions.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Attention()
    {
        var (golden, model, tape) = (Golden.Load("graphs/attention"), new Attended(), new Attended.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Two_attentions()
    {
        var (golden, model, tape) = (Golden.Load("graphs/two_attentions"), new TwoAttentions(), new TwoAttentions.Tape());
        GraphGoldens.Check(golden, model, model.Arena, input => model.forward(input, golden["edges"]),
            input => model.Forward(input, golden["edges"], tape),
            gradient => model.Backward(tape, gradient, inputGradient: true)!);
    }

    [Fact]
    public void Attention_to_very_different_scores_stays_finite()
    {
        var edges = tensor(new long[,] { { 0, 1, 2 }, { 1, 2, 0 } });
        using var nodes = zeros(3, 1);
        var loops = EdgeLists.WithSelfLoops(edges, nodes);
        var scores = tensor(new float[,] { { 400 }, { -100 }, { 0 }, { -200 }, { 300 }, { -150 } });
        var attention = EdgeLists.Softmax(scores, loops, nodes);
        Close.To(tensor(new float[,] { { 1 }, { 1 }, { 1 }, { 0 }, { 0 }, { 0 } }), attention, "attention", 1e-6);
    }

    /// <summary>Each node has a softmax of its own, however far its scores lie below those of the graph.</summary>
    [Fact]
    public void Attention_is_a_matter_of_the_nodes_own_edges()
    {
        var edges = tensor(new long[,] { { 0, 1, 2, 1 }, { 1, 2, 0, 1 } });
        using var nodes = zeros(3, 1);
        var loops = EdgeLists.WithSelfLoops(edges, nodes);
        var scores = tensor(new float[] { 5000, -5000, 0, 4998, 1, 4998, -5001 }).unsqueeze(1).requires_grad_();
        var attention = EdgeLists.Softmax(scores, loops, nodes);

        // Listed again among the loops, an edge of a node to itself counts once.
        double near = 1 / (1 + Math.Exp(-2)), other = 1 / (1 + Math.Exp(1)), beside = 1 / (1 + Math.Exp(-1));
        var expected = tensor(new[] { near, beside, other, 0, 1 - other, 1 - near, 1 - beside }).to(ScalarType.Float32)
            .unsqueeze(1);
        Close.To(expected, attention, "attention", 1e-6);
        (attention * arange(7, ScalarType.Float32).unsqueeze(1)).sum().backward();
        Assert.True(scores.grad!.isfinite().all().ToBoolean());

        // p·(g − Σ p·g): of two edges with the gradients a and b, p·(1 − p)·(a − b).
        Assert.Equal(near * (1 - near) * (0 - 5), scores.grad![0, 0].ToDouble(), 1e-5);
    }

    [Fact]
    public void Both_targets_train_alike_where_some_nodes_have_no_label()
    {
        var golden = Golden.Load("graphs/two_convolutions");
        var label = tensor(new long[] { 0, 2, -100, 1, -100, -100, 0, -100 });
        using var graph = new GraphData(golden["input"].clone(), golden["edges"].clone(), label) { EdgesName = "links" };
        using var first = new ConvolutionExplicit(Restored(golden));
        using var second = new ConvolutionAutograd(Restored(golden));
        Assert.Equal(4, first.Evaluate(graph).Count);
        first.Fit(graph);
        second.Fit(graph);
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after a run");
    }

    private static TwoConvolutions Restored(Golden golden)
    {
        var model = new TwoConvolutions();
        golden.Restore(model.state_dict(), "parameters.");
        return model;
    }
}
