using System.Globalization;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What was meant to be a declaration and is none: misspelt attributes and arguments, attributes that stand
/// alone.</summary>
public class StrayDiagnosticTests
{
    private const string Net = "[Model(4), Linear(8), ReLU, Linear(3)] public partial class Net;\n";

    [Theory]
    [InlineData("Linaer", "Linear", "(8)")]
    [InlineData("Relu", "ReLU", "")]
    [InlineData("LeakyRelu", "LeakyReLU", "")]
    [InlineData("Dense", "Linear", "(8)")]
    [InlineData("Droput", "Dropout", "(0.1)")]
    [InlineData("Dens", "Linear", "(8)")]
    public Task Misspelt_attributes(string written, string meant, string arguments) => Message(
        $"[Model(4), {{|DSL110:{{|CS0246:{{|CS0246:{written}|}}|}}{arguments}|}}, Linear(3)] public partial class Net;",
        $"There is no attribute '{written}': did you mean '{meant}'?");

    // What differs in its dimensions alone is meant for the model's.
    [Theory]
    [InlineData("1, 8", "GlobalAvgPool", "GlobalAvgPool1d", "")]
    [InlineData("1, 8, 8", "GlobalAvgPool", "GlobalAvgPool2d", "")]
    [InlineData("1, 8, 8, 8", "Conv", "Conv3d", "(4, 3)")]
    [InlineData("1, 8, 8", "MaxPool", "MaxPool2d", "(2)")]
    [InlineData("1, 8", "Conv", "Conv1d", "(4, 3)")]
    public Task Misspelt_layers_of_several_dimensions(string sizes, string written, string meant, string arguments) => Message(
        $"[Model({sizes}), {{|DSL110:{{|CS0246:{{|CS0246:{written}|}}|}}{arguments}|}}] public partial class Net;",
        $"There is no attribute '{written}': did you mean '{meant}'?");

    [Fact]
    public Task Kinds_of_layers_are_no_layers() => Message(
        "[Model(1, 8, 8), Linear(3), {|DSL110:{|CS0653:BatchNorm|}|}] public partial class Net;",
        "There is no attribute 'BatchNorm': did you mean 'BatchNorm2d'?");

    // What an unknown attribute would have said is not called missing.
    [Theory]
    [InlineData("[Model(4), {|DSL110:{|CS0246:{|CS0246:Linaer|}|}(3)|}] public partial class Other;")]
    [InlineData("[Block, {|DSL110:{|CS0246:{|CS0246:Relu|}|}|}] public partial class Other;")]
    [InlineData("[Augmentation, {|DSL110:{|CS0246:{|CS0246:RandomHorizontlFlip|}|}|}] public partial class Other;")]
    [InlineData("[Trainer<Net>, {|DSL110:{|CS0246:{|CS0246:CrossEntropi|}|}|}, Adam] public partial class Other;")]
    [InlineData("[Trainer<Net>, CrossEntropy, {|DSL110:{|CS0246:{|CS0246:Adma|}|}|}] public partial class Other;")]
    [InlineData(
        "[Model(1, 8, 8), Conv2d(3, 3), {|DSL110:{|CS0246:{|CS0246:GlobalAvgPool|}|}|}, Linear(3)] public partial class Other;")]
    public Task Nothing_follows_from_a_misspelt_attribute(string other) => Test(Net + other).RunAsync();

    [Fact]
    public Task What_is_missing_hides_nothing_else() => Checks(
        "[Model(4), Linear(1)] public partial class One;",
        "[Trainer<One>, {|DSL415:CrossEntropy|}] public partial class {|DSL501:OneTrainer|};");

    [Fact]
    public Task Layers_that_are_called_beside_an_error() => IsNotSaid("DSL234", """
        [Model(4)]
        public partial class Other
        {
            [Linear(4)] private partial TorchSharp.torch.Tensor Body(TorchSharp.torch.Tensor x);
            public TorchSharp.torch.Tensor Forward(TorchSharp.torch.Tensor x) { var y = x.unheard(); return Body(y); }
        }
        """);

    [Theory]
    [InlineData("[{|DSL110:{|CS0246:{|CS0246:Modle|}|}(4)|}, Linear(3)]")]
    [InlineData("[{|CS0246:{|CS0246:Unheard|}|}, Model(4), Linear(3)]")]
    [InlineData("[{|CS0246:{|CS0246:Linea|}|}]")]
    public Task Unknown_attributes(string attributes) => Test(attributes + " public partial class Net;").RunAsync();

    [Theory]
    [InlineData("CrossEntropy({|DSL111:{|CS0246:LabelSmoting|} = 0.1|})",
        "[CrossEntropy] has no 'LabelSmoting': did you mean LabelSmoothing = ...?")]
    [InlineData(
        "CrossEntropy({|DSL111:{|CS0246:Unheard|} = 3|})",
        "[CrossEntropy] has no 'Unheard': it has LabelSmoothing, Smoothing, ClassFrequencies, LogitAdjustment, ClassWeights, "
        + "ClassBalance, ClassCounts, DeferEpochs, DeferSteps, Reduction, Weight, Of, Data, PerPosition")]
    public Task Misspelt_arguments(string objective, string message) => Message(
        Net + $"[Trainer<Net>, {objective}, Adam, Epochs(1)] public partial class NetTrainer;", message);

    [Theory]
    [InlineData("[{|DSL112:Linear(8)|}, ReLU, Linear(3)] public partial class Other;")]
    [InlineData("[{|DSL112:CrossEntropy|}, Adam] public partial class Other;")]
    [InlineData("[{|DSL112:RandomShift(2)|}] public partial class Other;")]
    [InlineData("[{|DSL112:Epochs(2)|}] public class Other;")]
    [InlineData("[{|DSL112:Frozen|}] public class Other;")]
    [InlineData("[{|DSL112:Pretrained(\"0\")|}] public class Other;")]
    [InlineData("[{|DSL112:UnusedPretrained(\"0\")|}] public class Other;")]
    public Task Attributes_that_stand_alone(string other) => Checks(Net, other);

    [Theory]
    [InlineData("[Block, Linear(8), ReLU] public partial class Other;")]
    [InlineData("[System.Obsolete] public class Other;")]
    [InlineData("[Model(4)] public partial class Other; [Linear(3)] public partial class Other;", "DSL103")]
    public Task What_is_something_is_not_reported(string other, string? id = null) =>
        Checks(Net, id is null ? other : other.Replace("[Linear(3)]", $"[{{|{id}:Linear(3)|}}]", StringComparison.Ordinal));

    [Theory]
    [InlineData("class Outer { [Model(4), Linear(2)] public partial class {|DSL102:Inner|}; }",
        "'Inner' is nested in 'Outer', where no second part can be added: move it out of it")]
    [InlineData("[Model(4), Linear(2)] public partial record {|DSL102:Net|};",
        "'Net' is a record, which compares by value what is trained in place: write class")]
    [InlineData("[Model(4), Linear(2)] public partial class {|DSL102:Net|}<T>;",
        "'Net' is generic, which would be a network for each type argument: declare a class for each")]
    [InlineData("[{|CS0592:Model|}(4), {|CS0592:Linear|}(2)] public partial interface {|DSL102:INet|};",
        "'INet' is an interface, which has no parameters: write class")]
    [InlineData("[Model(4), Linear(2)] public abstract partial class {|DSL102:Net|};",
        "'Net' is abstract, so that nobody could make one: remove abstract")]
    [InlineData(
        "[Model(4), Input({|DSL213:\"class\"|}, 3), Linear(2)] public partial class Net;",
        "'class' becomes a name in C#: choose one that is no keyword of C#")]
    [InlineData(
        "[Model(4), Input({|DSL213:\"größe\"|}, 3), Linear(2)] public partial class Net;",
        "'größe' becomes a name in C#: begin it with a letter from A to Z, and go on with such letters and digits")]
    public Task One_cause_is_named(string source, string message) => Message(source, message);

    [Theory]
    [InlineData("[Model(4), Linear(3)] public partial class {|DSL123:Other|} { public {|CS1729:Other|}(int size) { } }",
        "'Other' has a constructor that calls none of the generated ones, which make what it consists of: write "
        + "'Other(int size) : this()'")]
    [InlineData(
        "[Trainer<Net>, CrossEntropy, Adam, Epochs(2)] public partial class {|DSL123:Other|} "
        + "{ public {|CS7036:Other|}(int a) { } }",
        "'Other' has a constructor that calls none of the generated ones, which make what it consists of: write "
        + "'Other(int a) : this(model)'")]
    public Task A_constructor_that_calls_no_generated_one(string declaration, string message) =>
        Message(Net + declaration, message);

    [Theory]
    [InlineData("[Model(3, 32, 32), Conv2d(16, 3), ReLU, {|DSL616:Linear(64)|}, ReLU, Flatten, Linear(10)]")]
    [InlineData("[Model(3, 8, 8), {|DSL616:Linear(64)|}, ReLU, Flatten, Linear(1)]")]
    [InlineData("[Model(3, 8, 8), Permute(2, 3, 1), Linear(64), ReLU, Flatten, Linear(1)]")]
    [InlineData("[Model(3, 8, 8), Conv2d(4, 3), Flatten, Linear(64), ReLU, Linear(1)]")]
    [InlineData("[Model(5, 8), Linear(64), ReLU, Linear(1)]")]
    public Task Linear_on_an_image(string attributes) => Checks(attributes, "public partial class Net;");

    // Errors of C# beside ours are marked too: no #pragma turns those off.
    private static GeneratorTest Test(string markup) => new("using Dsl;\n" + markup)
    {
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipSuppressionCheck,
    };

    private static async Task Message(string markup, string message)
    {
        var said = new List<string>();
        var test = Test(markup);
        test.DiagnosticVerifier += (actual, _, _) => said.Add(actual.GetMessage(CultureInfo.InvariantCulture));
        await test.RunAsync();
        Assert.Contains(message, said);
    }

    private static async Task IsNotSaid(string id, string source)
    {
        var said = new List<string>();
        var test = Test(source);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        test.DiagnosticVerifier += (actual, _, _) => said.Add(actual.Id);
        await Assert.ThrowsAnyAsync<Exception>(() => test.RunAsync());
        Assert.DoesNotContain(id, said);
    }

    private static Task Checks(string first, string second) => Verify.Diagnostics($"using Dsl;\n{first} {second}");
}
