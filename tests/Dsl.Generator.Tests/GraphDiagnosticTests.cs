using System.Threading.Tasks;
using Xunit;

namespace Dsl.Generator.Tests;

public class GraphDiagnosticTests
{
    [Theory]
    [InlineData("{|DSL475:GraphConv(4)|}")]
    [InlineData("{|DSL475:GraphAttention(4)|}")]
    [InlineData("{|DSL475:GraphIsomorphism|}")]
    [InlineData("{|DSL475:GraphSage(4)|}")]
    [InlineData("{|DSL475:GraphPool(Aggregation.Max)|}")]
    public Task Graphs_are_no_nodes(string layer) => Check($$"""
        [Model(8), EdgeList, GraphSizes, GraphConv(4), GraphPool(Aggregation.Sum), {{layer}}]
        public partial class Net;
        """);

    [Theory]
    [InlineData("EdgeList, {|DSL476:GraphPool(Aggregation.Mean)|}")]
    [InlineData("GraphSizes, GraphPool(Aggregation.Mean, {|DSL476:Sizes = \"counts\"|})")]
    public Task Graphs_without_sizes(string rest) => Check($$"""
        [Model(8), {{rest}}]
        public partial class Net;
        """);

    [Fact]
    public Task Sizes_that_are_none() => Check("""
        [Model(8), Input("counts", 1, Elements = Elements.Index), GraphPool(Aggregation.Sum, {|DSL477:Sizes = "counts"|})]
        public partial class Net;
        """);

    [Theory]
    [InlineData("{|DSL307:GraphIsomorphism|}")]
    [InlineData("{|DSL307:GraphSage(4)|}")]
    public Task No_edges(string layer) => Check($$"""
        [Model(8), {{layer}}]
        public partial class Net;
        """);

    [Fact]
    public Task Nodes_with_other_dimensions() => Check("""
        [Model(3, 8, 8), GraphSizes, {|DSL301:GraphPool(Aggregation.Sum)|}]
        public partial class Net;
        """);

    [Fact]
    public Task An_epsilon_that_takes_the_node_away() => Check("""
        [Model(8), EdgeList, GraphIsomorphism({|DSL105:Epsilon = -1|})]
        public partial class Net;
        """);

    [Fact]
    public Task Six_inputs_are_many_enough() => Check("""
        [Model(8), EdgeList, EdgeList("links"), GraphSizes, Input("charges", 2), Input("masses", 1)]
        [GraphConv(4), Concat("charges"), Concat("masses"), GraphSage(4, Edges = "links"), GraphPool(Aggregation.Sum), Linear(2)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, Adam(0.01), Epochs(1)]
        public partial class NetTrainer;
        """);

    private static Task Check(string markup) => Verify.Diagnostics("using Dsl;\n" + markup);
}
