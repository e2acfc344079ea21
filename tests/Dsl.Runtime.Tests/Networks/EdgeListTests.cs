using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Networks;

/// <summary>What goes along edges: the loop is what the operators of libtorch come to, and autograd sees these.</summary>
public class EdgeListTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    public void A_loop_sends_what_operators_send(int features)
    {
        using var scope = NewDisposeScope();
        var (nodes, edges, weights) = Graph(features, 12, 40);
        Tensor from = edges.select(0, 0), to = edges.select(0, 1);
        Tensor byOperators = zeros(12, features).index_add(0, to, nodes.index_select(0, from) * weights, 1);
        using var noGrad = no_grad();
        Assert.NotNull(MessageLoop.TrySum(nodes, weights, from, to, 12));
        Close(byOperators, EdgeLists.Propagate(nodes, weights, from, to));
        Tensor messages = nodes.index_select(0, from);
        Close(zeros(12, features).index_add(0, to, messages, 1), EdgeLists.Sum(messages, to, nodes));
    }

    [Fact]
    public void Autograd_goes_back_along_the_edges()
    {
        using var scope = NewDisposeScope();
        var (nodes, edges, weights) = Graph(5, 12, 40);
        Tensor from = edges.select(0, 0), to = edges.select(0, 1), slope = randn(12, 5);
        Tensor watched = nodes.detach().requires_grad_();
        EdgeLists.Propagate(watched, weights, from, to).backward([slope]);
        using var noGrad = no_grad();
        Close(watched.grad!, EdgeLists.Propagate(slope, weights, to, from));
    }

    [Fact]
    public void Symmetric_weights_are_those_of_operators()
    {
        using var scope = NewDisposeScope();
        var (nodes, edges, _) = Graph(3, 12, 40);
        edges[0, 5].copy_(edges[1, 5]);
        var whole = EdgeLists.WithSelfLoops(edges, nodes);
        Tensor byOperators = EdgeLists.SymmetricWeights(whole, nodes);
        Assert.Equal(0, byOperators[5].item<float>());
        using var noGrad = no_grad();
        Close(byOperators, EdgeLists.SymmetricWeights(whole, nodes));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    public void An_edge_to_no_node_is_an_error(long wrong)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (nodes, edges, weights) = Graph(3, 12, 40);
        edges[1, 7].fill_(wrong);
        Tensor from = edges.select(0, 0), to = edges.select(0, 1);
        Assert.ThrowsAny<Exception>(() => EdgeLists.Propagate(nodes, weights, from, to));
        Assert.ThrowsAny<Exception>(() => EdgeLists.Propagate(nodes, weights, to, from));
    }

    [Fact]
    public void Edges_may_be_none()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var none = zeros(0, ScalarType.Int64);
        Assert.Equal(0, EdgeLists.Propagate(ones(3, 2), ones(0, 1), none, none).abs().sum().item<float>());
    }

    private static (Tensor Nodes, Tensor Edges, Tensor Weights) Graph(int features, int nodes, int edges)
    {
        using var generator = new Generator(1);
        return (randn([nodes, features], generator: generator),
            randint(0, nodes, [2, edges], ScalarType.Int64, generator: generator),
            rand([edges, 1], generator: generator));
    }

    private static void Close(Tensor expected, Tensor actual) =>
        Assert.True(actual.allclose(expected, 1e-5, 1e-6), $"{(actual - expected).abs().max().item<float>()}");
}
