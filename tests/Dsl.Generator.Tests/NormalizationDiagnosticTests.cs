using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is wrong with an activation, a normalisation or a mask, at the very place in the declaration.</summary>
public class NormalizationDiagnosticTests
{
    [Theory]
    [InlineData("LeakyReLU({|DSL105:-0.1|})")]
    [InlineData("ELU({|DSL105:-1|})")]
    [InlineData("PReLU({|DSL105:Initial = double.NaN|})")]
    [InlineData("Softplus({|DSL105:Beta = 0|})")]
    [InlineData("Softplus({|DSL105:Threshold = -1|})")]
    [InlineData("LayerNorm({|DSL105:0|})")]
    [InlineData("LayerNorm({|DSL105:Epsilon = 0|})")]
    [InlineData("RMSNorm({|DSL105:Epsilon = 0|})")]
    [InlineData("GroupNorm({|DSL105:0|})")]
    [InlineData("InstanceNorm2d({|DSL105:Epsilon = -1|})")]
    [InlineData("L2Normalize({|DSL105:Epsilon = 0|})")]
    [InlineData("Dropout2d({|DSL105:1|})")]
    [InlineData("DropPath({|DSL105:probability: -0.1|})")]
    public Task Argument_out_of_range(string layer) => Check($"[Model(4, 8, 8), {layer}] public partial class Net;");

    [Theory]
    [InlineData("[Model(8), {|DSL301:InstanceNorm1d|}] public partial class Net;")]
    [InlineData("[Model(8, 5), {|DSL301:InstanceNorm2d|}] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), Flatten, {|DSL301:Dropout2d(0.2)|}] public partial class Net;")]
    public Task Wrong_rank(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(8), Softmax({|DSL321:0|})] public partial class Net;")]
    [InlineData("[Model(8), Softmax({|DSL321:2|})] public partial class Net;")]
    [InlineData("[Model(8), LogSoftmax({|DSL321:dimension: -2|})] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), L2Normalize({|DSL321:4|})] public partial class Net;")]
    [InlineData("[Model(8), LayerNorm({|DSL321:2|})] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), Flatten, RMSNorm({|DSL321:3|})] public partial class Net;")]
    public Task Dimension_that_the_input_has_not(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(1, 8, 8), Flatten, Softmax({|DSL321:2|})] public partial class Net;",
        "Dimension = 2 of Softmax(2) does not fit [N, 64] from Flatten: it must be 1 or -1 (the batch stays apart)")]
    [InlineData("[Model(1, 8, 8), LayerNorm({|DSL321:4|})] public partial class Net;",
        "Dimensions = 4 of LayerNorm(4) does not fit [N, 1, 8, 8] from the model's input: it must be 1 to 3 (the batch stays "
        + "apart)")]
    [InlineData("[Model(6, 8, 8), GroupNorm({|DSL322:4|})] public partial class Net;",
        "The 4 groups of GroupNorm(4) do not divide the 6 channels of [N, 6, 8, 8] from the model's input")]
    public Task Message_says_what_fits(string declaration, string message) => Verify.Message(Using + declaration, message);

    [Fact]
    public Task Groups_that_do_not_divide() => Check("[Model(6, 8, 8), GroupNorm({|DSL322:4|})] public partial class Net;");

    [Theory]
    [InlineData("[Model(1), {|DSL323:LayerNorm|}] public partial class Net;")]
    [InlineData("[Model(6), {|DSL323:GroupNorm(6)|}] public partial class Net;")]
    [InlineData("[Model(4, 2, 2), MaxPool2d(2), {|DSL323:InstanceNorm2d|}] public partial class Net;")]
    public Task Normalisation_of_one_element(string declaration) => Check(declaration);

    private const string Using = "using Dsl;\n";

    private static Task Check(string markup) => Verify.Diagnostics(Using + markup);
}
