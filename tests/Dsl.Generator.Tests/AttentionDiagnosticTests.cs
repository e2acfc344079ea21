using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is wrong with attention, a transformer layer or an embedding, at the very place in the declaration.</summary>
public class AttentionDiagnosticTests
{
    [Theory]
    [InlineData("SelfAttention({|DSL105:0|})")]
    [InlineData("SelfAttention(2, {|DSL105:Dropout = 1|})")]
    [InlineData("SelfAttention(2, Rotary = true, {|DSL105:RotaryBase = 1|})")]
    [InlineData("FeedForward({|DSL105:0|})")]
    [InlineData("FeedForward(8, {|DSL105:Dropout = -0.1|})")]
    [InlineData("TransformerEncoderLayer({|DSL105:0|}, 16)")]
    [InlineData("TransformerEncoderLayer(2, {|DSL105:0|})")]
    [InlineData("TransformerEncoderLayer(2, 16, {|DSL105:Dropout = 1.5|})")]
    [InlineData("TransformerEncoderLayer(2, 16, {|DSL105:Epsilon = 0|})")]
    [InlineData("PositionalEmbedding({|DSL105:-1|})")]
    [InlineData("SinusoidalEncoding({|DSL105:Base = 0.5|})")]
    public Task Argument_out_of_range(string layer) => Check($"[Model(5, 8), {layer}] public partial class Net;");

    [Theory]
    [InlineData("Embedding({|DSL105:0|}, 8)")]
    [InlineData("Embedding(10, {|DSL105:0|})")]
    [InlineData("Embedding(10, 8, {|DSL105:PaddingIndex = -2|})")]
    [InlineData("Embedding(10, 8, {|DSL336:PaddingIndex = 10|})")]
    public Task Embedding_out_of_range(string layer) =>
        Check($"[Model(5, Elements = Elements.Index), {layer}] public partial class Net;");

    [Theory]
    [InlineData("[Model(8), {|DSL301:SelfAttention(2)|}] public partial class Net;")]
    [InlineData("[Model(3, 8, 8), {|DSL301:TransformerEncoderLayer(2, 16)|}] public partial class Net;")]
    [InlineData("[Model(8), Tag(\"memory\"), {|DSL301:CrossAttention(2)|}] public partial class Net;")]
    [InlineData("[Model(8), Tag(\"memory\"), {|DSL301:TransformerDecoderLayer(2, 16)|}] public partial class Net;")]
    [InlineData("[Model(8), {|DSL301:PositionalEmbedding|}] public partial class Net;")]
    [InlineData("[Model(3, 8, 8), {|DSL301:SinusoidalEncoding|}] public partial class Net;")]
    [InlineData("[Model(8), {|DSL301:ClassToken|}] public partial class Net;")]
    [InlineData("[Model(3, 8, 8), {|DSL301:Place(0)|}] public partial class Net;")]
    public Task Wrong_rank(string declaration) => Check(declaration);

    [Theory]
    [InlineData("SelfAttention({|DSL331:3|})")]
    [InlineData("TransformerEncoderLayer({|DSL331:3|}, 16)")]
    [InlineData("Tag(\"memory\"), CrossAttention({|DSL331:5|})")]
    [InlineData("Tag(\"memory\"), TransformerDecoderLayer({|DSL331:heads: 7|}, hidden: 16)")]
    public Task Heads_that_do_not_divide(string layers) => Check($"[Model(5, 8), {layers}] public partial class Net;");

    [Theory]
    [InlineData("[Model(5, 6), SelfAttention(2, {|DSL332:Rotary = true|})] public partial class Net;")]
    [InlineData("[Model(5, 6), SelfAttention(6, {|DSL332:Rotary = true|}, Causal = true)] public partial class Net;")]
    public Task Rotary_embedding_of_an_odd_head(string declaration) => Check(declaration);

    [Fact]
    public Task Rotary_base_without_rotary_embedding() =>
        Check("[Model(5, 8), SelfAttention(2, {|DSL333:RotaryBase = 500000|})] public partial class Net;");

    [Theory]
    [InlineData(
        "[Model(8), Tag(\"memory\"), Reshape(2, 4), CrossAttention(2, {|DSL334:Context = \"memory\"|})] public partial class "
        + "Net;")]
    [InlineData(
        "[Model(8), Tag(\"memory\"), Reshape(2, 4), {|DSL334:TransformerDecoderLayer(2, 16)|}] public partial class Net;")]
    [InlineData(
        "[Model(5, 8), Input(\"words\", 3, 4, Elements = Elements.Index), CrossAttention(2, {|DSL334:Context = \"words\"|})] "
        + "public partial class Net;")]
    public Task Context_that_is_no_sequence(string declaration) => Check(declaration);

    [Theory]
    [InlineData("CrossAttention(2, {|DSL209:Context = \"other\"|})")]
    [InlineData("{|DSL209:CrossAttention(2)|}")]
    [InlineData("TransformerDecoderLayer(2, 16, {|DSL209:Context = \"other\"|})")]
    public Task Unknown_context(string layer) => Check($"[Model(5, 8), Tag(\"encoded\"), {layer}] public partial class Net;");

    [Fact]
    public Task Too_few_positions() => Check("[Model(5, 8), PositionalEmbedding({|DSL335:4|})] public partial class Net;");

    [Fact]
    public Task Embedding_of_real_numbers() => Check("[Model(5), {|DSL337:Embedding(10, 8)|}] public partial class Net;");

    [Theory]
    [InlineData("Place({|DSL338:5|})")]
    [InlineData("Place({|DSL338:index: -6|})")]
    public Task Place_that_is_not_there(string layer) => Check($"[Model(5, 8), {layer}] public partial class Net;");

    [Theory]
    [InlineData("[Model(5, 8), Place({|DSL338:5|})] public partial class Net;",
        "Place(5) gets [N, 5, 8] from the model's input: the place must be from -5 to 4")]
    [InlineData("[Model(5, 8), SelfAttention({|DSL331:3|})] public partial class Net;",
        "The 3 heads of SelfAttention(3) do not divide the 8 features of [N, 5, 8] from the model's input")]
    [InlineData("[Model(5, 6), SelfAttention(2, {|DSL332:Rotary = true|})] public partial class Net;",
        "Rotary turns pairs of features, but each of the 2 heads of SelfAttention(2, rotary) has 3 of the 6 features: make "
        + "that number even")]
    [InlineData("[Model(8), Tag(\"memory\"), Reshape(2, 4), {|DSL334:CrossAttention(2)|}] public partial class Net;",
        "CrossAttention(2, \"memory\") attends to a sequence [N, S, C] of real numbers, but \"memory\" is [N, 8]")]
    [InlineData("[Model(5, 8), PositionalEmbedding({|DSL335:4|})] public partial class Net;",
        "PositionalEmbedding(4) has vectors for 4 places, but [N, 5, 8] from the model's input has 5")]
    [InlineData("[Model(5, Elements = Elements.Index), Embedding(10, 8, {|DSL336:PaddingIndex = 12|})] public partial class Net;",
        "PaddingIndex = 12 is no row of a table of 10: it must be at most 9, or -1 for none")]
    [InlineData("[Model(5), {|DSL337:Embedding(10, 8)|}] public partial class Net;",
        "Embedding(10, 8) looks up integers, but [N, 5] from the model's input are real numbers: declare Elements = "
        + "Elements.Index at [Model] or [Input]")]
    public Task Message_says_what_fits(string declaration, string message) => Verify.Message(Using + declaration, message);

    private const string Using = "using Dsl;\n";

    private static Task Check(string markup) => Verify.Diagnostics(Using + markup);
}
