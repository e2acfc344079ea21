using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What can be wrong with convolutions, pooling, padding and reshaping, at the very place that is wrong.</summary>
public class SpatialDiagnosticTests
{
    [Theory]
    [InlineData("[Model(4, 8, 8), {|DSL301:Conv1d(8, 3)|}]")]
    [InlineData("[Model(4, 8, 8), {|DSL301:Conv3d(8, 3)|}]")]
    [InlineData("[Model(4), {|DSL301:ConvTranspose1d(8, 3)|}]")]
    [InlineData("[Model(4, 8), {|DSL301:ConvTranspose2d(8, 3)|}]")]
    [InlineData("[Model(4), {|DSL301:TemporalConv(8, 3)|}]")]
    public Task Convolution_of_the_wrong_rank(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(4, 8), Conv1d(8, {|DSL302:9|})]")]
    [InlineData("[Model(4, 8, 8, 3), Conv3d(8, {|DSL302:4|})]")]
    [InlineData("[Model(4, 8), Conv1d({|DSL105:0|}, 3)]")]
    [InlineData("[Model(4, 8), TemporalConv(8, 3, {|DSL105:Dilation = 0|})]")]
    [InlineData("[Model(4, 8), TemporalConv(8, 3, {|DSL303:Groups = 3|})]")]
    [InlineData("[Model(4, 8), ConvTranspose1d(6, 3, {|DSL303:Groups = 4|})]")]
    [InlineData("[Model(4, 8, 8), ConvTranspose2d(8, 3, {|DSL311:OutputPadding = 1|})]")]
    [InlineData("[Model(4, 8), ConvTranspose1d(8, 3, Stride = 2, Dilation = 3, {|DSL311:OutputPadding = 3|})]")]
    [InlineData("[Model(4, 2), ConvTranspose1d(8, 3, {|DSL312:Padding = 2|})]")]
    public Task Convolution_that_does_not_fit(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(4, 8, 8), {|DSL301:MaxPool1d(2)|}]")]
    [InlineData("[Model(4, 8, 8), {|DSL301:AvgPool1d(2)|}]")]
    [InlineData("[Model(4, 8), {|DSL301:AvgPool2d(2)|}]")]
    [InlineData("[Model(4, 8), {|DSL301:AdaptiveAvgPool2d(2)|}]")]
    [InlineData("[Model(4, 8, 8), {|DSL301:GlobalAvgPool1d|}]")]
    [InlineData("[Model(4), {|DSL301:GlobalAvgPool2d|}]")]
    [InlineData("[Model(4, 8), AvgPool1d({|DSL302:9|})]")]
    [InlineData("[Model(4, 8), MaxPool1d({|DSL302:9|}, Stride = 1)]")]
    [InlineData("[Model(4, 8, 8), AvgPool2d(3, {|DSL304:Padding = 2|})]")]
    [InlineData("[Model(4, 8, 8), AdaptiveAvgPool2d({|DSL105:0|})]")]
    public Task Pooling_that_does_not_fit(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(4, 8), {|DSL313:Reshape(5, 6)|}]")]
    [InlineData("[Model(4, 8), {|DSL313:Reshape(-1, -1)|}]")]
    [InlineData("[Model(4, 8), {|DSL313:Reshape(5, -1)|}]")]
    [InlineData("[Model(4, 8), {|DSL313:Reshape(0, 32)|}]")]
    [InlineData("[Model(4, 8), Reshape({|DSL105:-2|})]")]
    [InlineData("[Model(4, 8), {|DSL314:Permute(1, 1)|}]")]
    [InlineData("[Model(4, 8), {|DSL314:Permute(3, 1, 2)|}]")]
    [InlineData("[Model(4, 8), Permute({|DSL105:0|})]")]
    [InlineData("[Model(4), {|DSL301:Pad(1)|}]")]
    [InlineData("[Model(4, 8), Pad({|DSL315:8|}, Mode = PaddingMode.Reflect)]")]
    [InlineData("[Model(4, 8), {|DSL301:Upsample(2)|}]")]
    [InlineData("[Model(4, 8, 8), Upsample({|DSL105:0|})]")]
    [InlineData("[Model(4, 8), {|DSL301:PixelShuffle(2)|}]")]
    [InlineData("[Model(6, 8, 8), PixelShuffle({|DSL316:2|})]")]
    [InlineData("[Model(4, 8), {|DSL301:SqueezeExcite(2)|}]")]
    [InlineData("[Model(6, 8, 8), SqueezeExcite({|DSL316:4|})]")]
    [InlineData("[Model(6, 8, 8), {|DSL316:SqueezeExcite|}]")]
    public Task Arrangement_that_does_not_fit(string declaration) => Check(declaration);

    [Fact]
    public Task Message_of_a_reshape_says_what_is_needed() => Verify.Message(
        "using Dsl; [Model(4, 8), {|DSL313:Reshape(5, 6)|}] public partial class Net;",
        "Reshape(5, 6) gets [N, 4, 8] from the model's input: the sizes must multiply to 32, not 30");

    [Fact]
    public Task Window_of_one_dimension_is_one_number() => Verify.Message(
        "using Dsl; [Model(4, 2), Conv1d(8, {|DSL302:9|}, Padding = 1)] public partial class Net;",
        "Conv1d(8, 9) gets [N, 4, 2] from the model's input, and a window of 9 does not fit into 4 (padding included)");

    private static Task Check(string attributes) => Verify.Diagnostics($"using Dsl;\n{attributes} public partial class Net;");
}
