extern alias compiler;

using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Xunit;
using CompilersNearName = compiler::Dsl.NearName;

namespace Dsl.Generator.Tests;

/// <summary>Unknown names are answered with the nearest known one, where one is near.</summary>
public class NearNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "tag", 3)]
    [InlineData("tag", "", 3)]
    [InlineData("hidden", "hidden", 0)]
    [InlineData("hidden", "Hidden", 0)]
    [InlineData("hiden", "hidden", 1)]
    [InlineData("hiddden", "hidden", 1)]
    [InlineData("hudden", "hidden", 1)]
    [InlineData("wieght", "weight", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abcd", "badc", 2)]
    public void Distance_counts_slips_of_the_keyboard(string left, string right, int expected)
    {
        Assert.Equal(expected, CompilersNearName.Distance(left, right));
        Assert.Equal(expected, CompilersNearName.Distance(right, left));
    }

    [Theory]
    [InlineData("hiden", "; did you mean \"hidden\"?")]
    [InlineData("HEAD", "; did you mean \"head\"?")]
    [InlineData("heda", "; did you mean \"head\"?")]
    [InlineData("output", "")]
    [InlineData("layr1", "; did you mean \"layer1\"?")]
    [InlineData("layer", "; did you mean \"layer1\"?")]
    [InlineData("layer2", "")]
    [InlineData("h", "")]
    [InlineData("", "")]
    public void Only_what_is_near_is_asked_for(string name, string expected) =>
        Assert.Equal(expected, CompilersNearName.Question(name, ["hidden", "head", "0", "layer1"]));

    [Theory]
    [InlineData("[Model(4), Tag(\"skip\"), Linear(4), Add({|DSL209:\"skp\"|})] public partial class Net;",
        "No [Tag(\"skp\")] stands above in this stack, but \"skip\"; did you mean \"skip\"?")]
    [InlineData("[Model(4), Tag(\"skip\"), Linear(4), Add({|DSL209:\"early\"|})] public partial class Net;",
        "No [Tag(\"early\")] stands above in this stack, but \"skip\"")]
    [InlineData("[Model(4), Input(\"gate\", 4), Multiply({|DSL209:\"gaet\"|})] public partial class Net;",
        "; did you mean \"gate\"?")]
    [InlineData("[Block, Add({|DSL209:\"skpi\"|})] public partial class B; "
        + "[Model(4), Tag(\"skip\"), Linear(4), Use<B>] public partial class Net;",
        "; did you mean \"skip\"?")]
    [InlineData("[Model(8), EdgeList(\"links\"), GraphConv(4, {|DSL307:Edges = \"link\"|})] public partial class Net;",
        "GraphConv(4) needs edges, but the model has no input \"link\": write [EdgeList(\"link\")] beside [Model]; did you "
        + "mean \"links\"?")]
    [InlineData("[Model(8), EdgeList(\"links\"), {|DSL307:GraphConv(4)|}] public partial class Net;",
        "write [EdgeList(\"edges\")] beside [Model]")]
    [InlineData("[Model(4), Linear(4, Share = \"weight\"), Linear(4, Share = \"weight\"), "
        + "Linear(4, {|DSL229:Share = \"wieght\"|})] public partial class Net;",
        "name it in a second layer too, or remove Share; did you mean \"weight\"?")]
    [InlineData("[Model(4), {|DSL221:Init(Initializer.Zero, Parameter = \"0.wieght\")|}, Linear(4)] public partial class Net;",
        "the stack has no parameter whose name ends with \"0.wieght\"; did you mean \"0.weight\"?")]
    [InlineData("[Model(4), Linear(4), {|DSL221:Init(Initializer.Zero, Parameter = \"wight\")|}] public partial class Net;",
        "; did you mean \"weight\"?")]
    public Task Message_of_a_model_ends_with_the_question(string declaration, string end) =>
        Verify.Message("using Dsl;\n" + declaration, said => Assert.EndsWith(end, said, StringComparison.Ordinal));

    [Theory]
    [InlineData("CrossEntropy({|DSL409:Of = \"hiden\"|})",
        "is neither an [Output] nor a [Tag] of 'Net', but \"hidden\"; did you mean \"hidden\"?")]
    [InlineData("CrossEntropy({|DSL409:Of = \"logits\"|})", "is neither an [Output] nor a [Tag] of 'Net', but \"hidden\"")]
    [InlineData("CrossEntropy, ParameterGroup({|DSL510:\"2.wieght\"|}, WeightDecay = 0.1)", "; did you mean \"2.weight\"?")]
    [InlineData("CrossEntropy, ParameterGroup({|DSL510:\"7\"|}, WeightDecay = 0.1)", "but \"0\", \"2\", \"4\"")]
    [InlineData("CrossEntropy, ParameterGroup({|DSL510:\"1.weight\"|}, WeightDecay = 0.1)", "but \"0\", \"2\", \"4\"")]
    [InlineData("CrossEntropy, AdaptiveGradientClipping({|DSL510:Except = \"4.bais\"|})", "; did you mean \"4.bias\"?")]
    public Task Message_of_a_trainer_ends_with_the_question(string recipe, string end) => Verify.Message(
        $$"""
        using Dsl;
        [Model(4), Linear(8), Tag("hidden"), Linear(8), Tanh, Linear(3)] public partial class Net;
        [Trainer<Net>, {{recipe}}, Sgd(0.1, Momentum = 0.9), Epochs(10)] public partial class NetTrainer;
        """,
        said => Assert.EndsWith(end, said, StringComparison.Ordinal));
}
