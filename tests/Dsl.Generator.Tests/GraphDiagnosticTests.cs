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

    [Theory]
    [InlineData("EdgeList, GraphIsomorphism({|DSL478:EdgeFeatures = \"edgeFeatures\"|})")]
    [InlineData("EdgeList, EdgeFeatures(8, \"bonds\"), GraphIsomorphism({|DSL478:EdgeFeatures = \"bond\"|})")]
    [InlineData("EdgeList, Input(\"bonds\", 8), GraphIsomorphism({|DSL479:EdgeFeatures = \"bonds\"|})")]
    [InlineData("EdgeList, EdgeFeatures(8), GraphIsomorphism({|DSL479:EdgeFeatures = \"edges\"|})")]
    [InlineData("EdgeList(\"links\"), {|DSL483:EdgeFeatures(4)|}, GraphConv(2, Edges = \"links\")")]
    [InlineData("EdgeList, EdgeFeatures(4, {|DSL483:Edges = \"edge\"|}), GraphConv(2)")]
    [InlineData("{|DSL483:EdgeFeatures(4)|}, EdgeList, GraphConv(2)")]
    [InlineData("EdgeList, EdgeFeatures(4), GraphIsomorphism({|DSL484:EdgeFeatures = \"edgeFeatures\"|})")]
    [InlineData("EdgeList, EdgeFeatures(4), GraphIsomorphism({|DSL484:ProjectEdges = true|})")]
    [InlineData("EdgeList, EdgeFeatures({|DSL105:0|}), GraphConv(2)")]
    public Task Features_of_edges_that_do_not_fit(string rest) => Check($$"""
        [Model(8), {{rest}}]
        public partial class Net;
        """);

    [Theory]
    [InlineData("EdgeList, MessagePassing<Message, Update>(Aggregation.Sum)")]
    [InlineData("EdgeList, EdgeFeatures(3), MessagePassing<Message, Update>(Aggregation.Mean)")]
    [InlineData("EdgeList, EdgeFeatures(3), MessagePassing<OfEdge, Update>(Aggregation.Max)")]
    [InlineData("EdgeList, MessagePassing<Wide, Update>(Aggregation.Max, Features = 3)")]
    [InlineData("{|DSL307:MessagePassing<Message, Update>(Aggregation.Sum)|}")]
    [InlineData("EdgeList, MessagePassing<Message, Update>(Aggregation.Sum, {|DSL478:EdgeFeatures = \"bonds\"|})")]
    [InlineData("EdgeList, {|DSL620:MessagePassing<Parts, Update>(Aggregation.Sum)|}")]
    [InlineData("EdgeList, {|DSL620:MessagePassing<Message, Parts>(Aggregation.Sum)|}")]
    [InlineData("EdgeList, Tag(\"nodes\"), {|DSL620:MessagePassing<OfNodes, Update>(Aggregation.Sum)|}")]
    [InlineData("EdgeList, {|DSL204:MessagePassing<Message, Other>(Aggregation.Sum)|}")]
    [InlineData("EdgeList, {|DSL206:MessagePassing<Wide, Update>(Aggregation.Sum)|}")]
    [InlineData("EdgeList, MessagePassing<Message, Update>(Aggregation.Sum, {|DSL207:Features = 4|})")]
    [InlineData("GraphSizes, EdgeList, GraphPool(Aggregation.Sum), {|DSL475:MessagePassing<Message, Update>(Aggregation.Sum)|}")]
    public Task Declared_functions(string rest) => Check($$"""
        [Block, Linear(4)]
        public partial class Message;

        [Block, Linear(Arg.Features)]
        public partial class Wide;

        [Block, From("edge"), Linear(4), ReLU]
        public partial class OfEdge;

        [Block, Linear(4), Reshape(2, 2)]
        public partial class Parts;

        [Block, From("nodes"), Linear(4)]
        public partial class OfNodes;

        [Block, Linear(4), ReLU]
        public partial class Update;

        public class Other;

        [Model(8), {{rest}}]
        public partial class Net;
        """);

    [Fact]
    public Task A_message_of_an_edge_that_says_nothing() => Check("""
        [Block, From({|DSL209:"edge"|}), Linear(4), ReLU]
        public partial class OfEdge;

        [Block, Linear(4), ReLU]
        public partial class Update;

        [Model(8), EdgeList, MessagePassing<OfEdge, Update>(Aggregation.Max)]
        public partial class Net;
        """);

    [Theory]
    [InlineData("Model(8), EdgeList, GraphConv(4)", "LinkPrediction")]
    [InlineData("Model(8), EdgeList(\"links\"), GraphConv(4, Edges = \"links\")", "LinkPrediction")]
    [InlineData("Model(8), Linear(4)", "{|DSL480:LinkPrediction|}")]
    [InlineData("Model(8), Input(\"pairs\", 2), Concat(\"pairs\"), Linear(4)", "{|DSL480:LinkPrediction|}")]
    [InlineData("Model(8), EdgeList, GraphSizes, GraphConv(4), GraphPool(Aggregation.Sum)", "{|DSL480:LinkPrediction|}")]
    [InlineData("Model(8), EdgeList, GraphConv(4), Reshape(2, 2)", "{|DSL480:LinkPrediction|}")]
    public Task Encoders_of_links(string model, string scheme) => Check($$"""
        [{{model}}]
        public partial class Encoder;

        [Trainer<Encoder>, {{scheme}}, Adam(0.01), Epochs(1)]
        public partial class LinkTrainer;
        """);

    [Theory]
    [InlineData("EdgeList, GraphTransformerAttention(2)")]
    [InlineData("GraphSizes, GraphTransformerAttention(4, Full = true)")]
    [InlineData("RandomSigns, Linear(2)")]
    [InlineData("EdgeList, GraphTransformerAttention({|DSL331:3|})")]
    [InlineData("EdgeList, GraphTransformerAttention({|DSL105:0|})")]
    [InlineData("{|DSL307:GraphTransformerAttention(2)|}")]
    [InlineData("EdgeList, {|DSL476:GraphTransformerAttention(2, Full = true)|}")]
    [InlineData("RandomSigns({|DSL476:Sizes = \"counts\"|})")]
    [InlineData("EdgeList, GraphSizes, GraphPool(Aggregation.Sum), {|DSL475:GraphTransformerAttention(2)|}")]
    [InlineData("GraphSizes, GraphPool(Aggregation.Sum), {|DSL475:RandomSigns|}")]
    public Task Graph_transformers(string rest) => Check($$"""
        [Model(8), {{rest}}]
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
