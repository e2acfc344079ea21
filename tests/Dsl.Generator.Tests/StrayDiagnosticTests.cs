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
    [InlineData("GlobalAvgPool", "GlobalAvgPool1d", "")]
    [InlineData("Droput", "Dropout", "(0.1)")]
    public Task Misspelt_attributes(string written, string meant, string arguments) => Message(
        $"[Model(4), {{|DSL110:{{|CS0246:{{|CS0246:{written}|}}|}}{arguments}|}}, Linear(3)] public partial class Net;",
        $"There is no attribute '{written}': did you mean '{meant}'?");

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
        "[CrossEntropy] has no 'Unheard': it has LabelSmoothing, Smoothing, ClassFrequencies, ClassWeights, Reduction, "
        + "Weight, Of, PerPosition")]
    public Task Misspelt_arguments(string objective, string message) => Message(
        Net + $"[Trainer<Net>, {objective}, Adam, Epochs(1)] public partial class NetTrainer;", message);

    [Theory]
    [InlineData("[{|DSL112:Linear(8)|}, ReLU, Linear(3)] public partial class Other;")]
    [InlineData("[{|DSL112:CrossEntropy|}, Adam] public partial class Other;")]
    [InlineData("[{|DSL112:RandomShift(2)|}] public partial class Other;")]
    [InlineData("[{|DSL112:Epochs(2)|}] public class Other;")]
    [InlineData("[{|DSL112:Frozen|}] public class Other;")]
    [InlineData("[{|DSL112:Pretrained(\"0\")|}] public class Other;")]
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
    [InlineData("[Model(4), Linear(2)] public abstract partial class {|DSL102:Net|};",
        "'Net' is abstract, so that nobody could make one: remove abstract")]
    [InlineData(
        "[Model(4), Input({|DSL213:\"class\"|}, 3), Linear(2)] public partial class Net;",
        "'class' becomes a name in C#: choose one that is no keyword of C#")]
    [InlineData(
        "[Model(4), Input({|DSL213:\"größe\"|}, 3), Linear(2)] public partial class Net;",
        "'größe' becomes a name in C#: begin it with a letter from A to Z, and go on with such letters and digits")]
    public Task One_cause_is_named(string source, string message) => Verify.Message("using Dsl;\n" + source, message);

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

    private static Task Checks(string first, string second) => Verify.Diagnostics($"using Dsl;\n{first} {second}");
}
