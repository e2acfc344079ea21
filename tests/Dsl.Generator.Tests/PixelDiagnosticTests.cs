using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is wrong with masked convolutions and models of pixels, at the very place in the declaration.</summary>
public class PixelDiagnosticTests
{
    private const string Labelled = "Model(1, 5, 5), Input(\"digit\", Elements = Elements.Index), Tag(\"image\"), "
        + "From(\"digit\"), Embedding(3, 4), Tag(\"which\"), From(\"image\"), MaskedConv2d(4, 3, PixelMask.A), ";

    [Theory]
    [InlineData("[Model(1, 8, 8), MaskedConv2d(4, {|DSL343:4|}, PixelMask.A)] public partial class Net;")]
    [InlineData("[Model(4, 8, 8), MaskedConv2d(6, 3, PixelMask.B, {|DSL344:Colors = 3|})] public partial class Net;")]
    [InlineData("[Model(6, 8, 8), MaskedConv2d(4, 3, PixelMask.B, {|DSL344:Colors = 3|})] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), MaskedConv2d(4, {|DSL345:1|}, PixelMask.A)] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), MaskedConv2d(4, {|DSL345:1|}, PixelMask.Above)] public partial class Net;")]
    [InlineData("[Model(2, 8, 8), MaskedConv2d(4, 1, PixelMask.A, Colors = 2)] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), MaskedConv2d(4, 1, PixelMask.B)] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), MaskedConv2d(4, 3, PixelMask.A, {|DSL105:Colors = 0|})] public partial class Net;")]
    [InlineData("[Model(12), {|DSL301:MaskedConv2d(4, 3, PixelMask.A)|}] public partial class Net;")]
    [InlineData("[Model(1, 5, 5), RowLstm(3)] public partial class Net;")]
    [InlineData("[Model(1, 5, 5), RowLstm(3, {|DSL343:4|})] public partial class Net;")]
    [InlineData("[Model(1, 5, 5), RowLstm({|DSL105:0|})] public partial class Net;")]
    [InlineData("[Model(1, 1, 5), {|DSL313:RowLstm(3)|}] public partial class Net;")]
    [InlineData("[Model(12), {|DSL301:RowLstm(3)|}] public partial class Net;")]
    public Task Layer(string declaration) => Verify.Diagnostics("using Dsl;\n" + declaration);

    [Theory]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), ReLU, Conv2d(1, 1)", "PixelCnn(2)")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), ReLU, Conv2d(5, 1)", "PixelCnn(5)")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), ReLU, Conv2d(4, 1)", "{|DSL480:PixelCnn(5)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), ReLU, Conv2d(2, 1)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A, Bias = false), BatchNorm2d, Dropout(0.1), Conv2d(1, 1)",
        "PixelCnn(2)")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.B), ReLU, Conv2d(1, 1)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), GroupNorm(2), Conv2d(1, 1)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), Conv2d(1, 3, Padding = 1)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), MaskedConv2d(1, 3, PixelMask.Rows)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.Above), MaskedConv2d(1, 3, PixelMask.Rows)", "PixelCnn(2)")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.Above), MaskedConv2d(1, 3, PixelMask.A)", "PixelCnn(2)")]
    [InlineData("Model(2, 5, 5), MaskedConv2d(4, 3, PixelMask.A, Colors = 2), MaskedConv2d(2, 1, PixelMask.B, Colors = 2)",
        "PixelCnn(2)")]
    [InlineData("Model(2, 5, 5), MaskedConv2d(4, 3, PixelMask.A, Colors = 2), Conv2d(2, 1)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(2, 5, 5), MaskedConv2d(4, 3, PixelMask.A, Colors = 2), MaskedConv2d(2, 1, PixelMask.B)",
        "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(2, 5, 5), MaskedConv2d(4, 3, PixelMask.B, Colors = 2), MaskedConv2d(2, 3, PixelMask.A)", "PixelCnn(2)")]
    [InlineData("Model(2, 5, 5), MaskedConv2d(4, 3, PixelMask.A), Conv2d(2, 1)", "PixelCnn(2)")]
    [InlineData("Model(25), Linear(25)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), ReLU, Conv2d(1, 1)", "PixelCnn({|DSL105:1|})")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), ReLU, Conv2d(1, 1)", "PixelCnn(2), {|DSL403:CrossEntropy|}")]
    [InlineData(Labelled + "ChannelBias(\"which\"), ReLU, Conv2d(1, 1)", "PixelCnn(2, Label = \"digit\", Classes = 3)")]
    [InlineData(
        Labelled + "ChannelBias(\"which\"), ReLU, Conv2d(1, 1)", "PixelCnn(2, {|DSL480:Label = \"digit\"|}, Classes = 4)")]
    [InlineData(Labelled + "ChannelBias(\"which\"), ReLU, Conv2d(1, 1)", "{|DSL408:PixelCnn(2)|}")]
    [InlineData(
        Labelled + "ChannelBias({|DSL313:\"image\"|}), ReLU, Conv2d(1, 1)", "PixelCnn(2, Label = \"digit\", Classes = 3)")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), Conv2d(1, 1)",
        "PixelCnn(2, {|DSL480:Label = \"digit\"|}, Classes = 3)")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), Conv2d(1, 1)", "PixelCnn(2, {|DSL480:Classes = 3|})")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), RowLstm(4), RowLstm(4), Conv2d(1, 1)", "PixelCnn(2)")]
    [InlineData("Model(1, 5, 5), RowLstm(4), Conv2d(1, 1)", "{|DSL480:PixelCnn(2)|}")]
    [InlineData("Model(2, 5, 5), MaskedConv2d(4, 3, PixelMask.A, Colors = 2), RowLstm(4), Conv2d(2, 1)",
        "{|DSL480:PixelCnn(2)|}")]
    public Task Scheme(string model, string parts) => Verify.Diagnostics(
        $"using Dsl;\n[{model}] public partial class Net;\n[Trainer<Net>, {parts}, Adam(1e-3), Epochs(10)] "
        + "public partial class T;");

    [Theory]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.B), Conv2d(1, 1)",
        "[PixelCnn] needs a network that tells a pixel by earlier ones, but 'Net' sees the pixel itself: begin it with "
        + "[MaskedConv2d(..., PixelMask.A)]")]
    [InlineData("Model(1, 5, 5), MaskedConv2d(4, 3, PixelMask.A), GroupNorm(2), Conv2d(1, 1)",
        "[PixelCnn] needs a network that tells a pixel by earlier ones, but 'Net' sees later pixels, by GroupNorm(2): write "
        + "[MaskedConv2d] for convolutions and leave out what mixes pixels, such as pooling and GroupNorm")]
    public Task Message_says_what_to_do(string model, string message) => Verify.Message(
        $"using Dsl;\n[{model}] public partial class Net;\n[Trainer<Net>, {{|DSL480:PixelCnn(2)|}}, Adam(1e-3), Epochs(10)] "
        + "public partial class T;", message);
}
