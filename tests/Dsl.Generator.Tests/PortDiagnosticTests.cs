using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of inputs, outputs and the flow between them.</summary>
public class PortDiagnosticTests
{
    [Theory]
    [InlineData("2nd")]
    [InlineData("a b")]
    [InlineData("class")]
    [InlineData("")]
    public Task A_name_that_is_no_identifier(string name) => Check($$"""
        [Model(4), Input({|DSL213:"{{name}}"|}, 3), Linear(2)]
        public partial class Net;
        """);

    [Fact]
    public Task An_output_that_is_no_identifier() => Check("""
        [Model(4), Linear(2), Output({|DSL213:"the mean"|})]
        public partial class Net;
        """);

    [Fact]
    public Task Two_inputs_of_one_name() => Check("""
        [Model(4), Input("gate", 3), EdgeList({|DSL214:"gate"|}), Linear(2)]
        public partial class Net;
        """);

    [Fact]
    public Task Four_inputs() => Check("""
        [Model(4), Input("a", 3), Input("b", 3), Input("c", 3), Input("d", 3), Input("e", 3), {|DSL215:Input("f", 3)|}, Linear(2)]
        public partial class Net;
        """);

    [Fact]
    public Task Two_outputs_of_one_name() => Check("""
        [Model(4), Linear(2), Output("Mean"), Linear(3), Output({|DSL216:"Mean"|})]
        public partial class Net;
        """);

    [Theory]
    [InlineData("Input(\"gate\", 3), EdgeList({|DSL214:\"Gate\"|}), Linear(2)")]
    [InlineData("Linear(2), Output(\"Mean\"), Linear(3), Output({|DSL216:\"mean\"|})")]
    [InlineData("Linear(2), Output({|DSL220:\"Input\"|})")]
    [InlineData("Tag(\"a\"), Linear(2), Tag({|DSL210:\"A\"|}), Linear(2)")]
    public Task Names_that_would_be_one_in_generated_code(string layers) => Check($$"""
        [Model(4), {{layers}}]
        public partial class Net;
        """);

    [Fact]
    public Task A_tag_may_have_a_name_that_generated_code_uses() => Verify.Compiles("""
        using Dsl;
        [Model(4), Linear(4), Tag("input"), ReLU, Add("input"), Linear(2)]
        public partial class Net;
        """);

    [Fact]
    public Task An_output_in_a_block() => Check("""
        [Block, Linear(3), {|DSL217:Output("Mean")|}]
        public partial class Head;

        [Model(4), Use<Head>]
        public partial class Net;
        """);

    [Fact]
    public Task Layers_after_the_last_output() => Check("""
        [Model(4), Linear(2), Output("Mean"), Linear(3), {|DSL218:ReLU|}]
        public partial class Net;
        """);

    [Fact]
    public Task A_value_that_is_left_behind() => Check("""
        [Model(4), Tag("in"), Linear(2), {|DSL219:From("in")|}, Linear(3)]
        public partial class Net;
        """);

    [Theory]
    [InlineData("input")]
    [InlineData("Label")]
    [InlineData("tape")]
    public Task A_name_that_generated_code_uses(string name) => Check($$"""
        [Model(4), Input({|DSL220:"{{name}}"|}, 3), Linear(2)]
        public partial class Net;
        """);

    [Fact]
    public Task Tokens_without_an_embedding() => Check("""
        [Model(64, Elements = Elements.Index), {|DSL306:Linear(2)|}]
        public partial class Net;
        """);

    [Theory]
    [InlineData("{|DSL307:GraphConv(4)|}")]
    [InlineData("GraphAttention(4, {|DSL307:Edges = \"links\"|})")]
    public Task A_graph_layer_without_edges(string layer) => Check($$"""
        [Model(8), {{layer}}]
        public partial class Net;
        """);

    [Fact]
    public Task Edges_that_are_none() => Check("""
        [Model(8), Input("links", 2, Elements = Elements.Index), GraphConv(4, {|DSL308:Edges = "links"|})]
        public partial class Net;
        """);

    [Fact]
    public Task A_graph_layer_on_images() => Check("""
        [Model(3, 8, 8), EdgeList, {|DSL301:GraphConv(4)|}]
        public partial class Net;
        """);

    [Fact]
    public Task A_teacher_of_a_model_with_two_inputs() => Check("""
        [Model(4), Input("gate", 4), Multiply("gate"), Linear(2)]
        public partial class Net;

        [Trainer<Net>, {|DSL408:Distill|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task An_objective_of_an_unknown_output() => Check("""
        [Model(4), Linear(3), Tag("hidden"), Linear(2)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy({|DSL409:Of = "hiden"|}), Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task An_objective_that_does_not_choose() => Check("""
        [Model(4), Linear(3), Output("Mean"), Linear(2), Output("Scale")]
        public partial class Net;

        [Trainer<Net>, {|DSL410:CrossEntropy|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Objectives_with_other_labels() => Check("""
        [Model(5, 4), Linear(3), Tag("tokens"), Flatten, Linear(2)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, {|DSL411:CrossEntropy(Of = "tokens", PerPosition = true)|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task One_objective_twice() => Check("""
        [Model(4), Linear(3)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, {|DSL412:CrossEntropy(Weight = 0.5)|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Linear(3)", "CrossEntropy(PerPosition = true)")]
    [InlineData("Reshape(1, 2, 2, 1)", "CrossEntropy")]
    [InlineData("Reshape(2, 2)", "CrossEntropy")]
    public Task Output_of_the_wrong_rank(string layer, string objective) => Check($$"""
        [Model(4), {{layer}}]
        public partial class Net;

        [Trainer<Net>, {|DSL404:{{objective}}|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    private static Task Check(string markup) => Verify.Diagnostics("using Dsl;\n" + markup);
}
