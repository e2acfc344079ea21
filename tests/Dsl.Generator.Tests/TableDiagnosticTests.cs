using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of tables and of the models that take their sizes from them, at the place that is wrong.</summary>
public class TableDiagnosticTests
{
    private const string Iris = """
        [Table] public partial record Iris(float Length, float Width, [Label("a", "b", "c")] string? Species = null);

        """;

    [Theory]
    [InlineData("public partial class {|DSL701:T|} { public float A { get; set; } }")]
    [InlineData("public partial record {|DSL701:T|}<X>(float A);")]
    [InlineData("public abstract partial record {|DSL701:T|}(float A);")]
    [InlineData("public record {|DSL101:T|}(float A);")]
    public Task Placement(string declaration) => Check("[Table] " + declaration);

    [Fact]
    public void Half_typed_columns_are_left_to_CSharp()
    {
        var reported = Declared.Driver().RunGenerators(Declared.Compile(
            "using Dsl;\n[Table] public partial record Fruit(float Weight, Color global::Color, float Length);"))
            .GetRunResult().Diagnostics;
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id == "DSL901");
    }

    [Fact]
    public Task Nested_table() => Check("class Outer { [Table] public partial record {|DSL701:T|}(float A); }");

    [Theory]
    [InlineData("decimal {|DSL702:A|}")]
    [InlineData("[Ignore] System.DateTime {|DSL702:A|}")]
    [InlineData("string {|DSL703:A|}")]
    [InlineData("float? {|DSL704:A|}")]
    [InlineData("[Categories(\"x\")] string? {|DSL704:A|}")]
    [InlineData("[{|DSL705:Standardize|}] bool A")]
    [InlineData("[{|DSL705:MinMax(1, 0)|}] float A")]
    [InlineData("[{|DSL705:Impute(0)|}] float A")]
    [InlineData("[{|DSL705:Impute(Statistic.Mean)|}] bool? A")]
    [InlineData("[{|DSL705:Impute(0.5)|}] bool? A")]
    [InlineData("[{|DSL705:Impute(double.NaN)|}] float? A")]
    [InlineData("[{|DSL705:Impute(\"x\")|}] float? A")]
    [InlineData("[Categories(\"x\"), {|DSL705:Impute(\"y\")|}] string? A")]
    [InlineData("[Categories(1, 2), {|DSL705:Impute(3)|}] int? A")]
    [InlineData("[{|DSL705:Categories(\"x\")|}] float A")]
    [InlineData("[{|DSL705:Categories|}] string A")]
    [InlineData("[{|DSL705:Categories(1)|}] string A")]
    [InlineData("[{|DSL709:Categories(\"x\", \"x\")|}] string A")]
    [InlineData("[Ignore, {|DSL705:Standardize|}] float A")]
    [InlineData("[Label, {|DSL705:Ignore|}] float A")]
    [InlineData("[Label, {|DSL705:Impute(0)|}] float? A")]
    [InlineData("[Label(\"x\", \"y\"), {|DSL705:Categories(\"x\")|}] string A")]
    [InlineData("[{|DSL705:Label(\"x\", \"y\")|}] float A")]
    [InlineData("[{|DSL705:Label(Classes = 3)|}] float A")]
    [InlineData("[{|DSL705:Label|}] long A")]
    [InlineData("[Label({|DSL105:Classes = 1|})] int A")]
    [InlineData("[Label({|DSL105:Classes = int.MaxValue|})] int A")]
    [InlineData("[{|DSL706:Label|}] int A")]
    [InlineData("[{|DSL706:Label|}] string A")]
    [InlineData("[{|DSL706:Label(\"x\")|}] string A")]
    [InlineData("[Label] float X, [Label] bool {|DSL707:A|}")]
    [InlineData("[Label(\"x\", \"y\")] string X, [Label(\"x\", \"y\")] string {|DSL707:A|}")]
    [InlineData("[Column(\"o\")] float {|DSL709:A|}")]
    [InlineData("float {|DSL203:Load|}")]
    [InlineData("[Label] float X, [Label, MinMax] double? A")]
    [InlineData("[Categories(1, 2), Impute(2)] int? A, [Ignore] string? X, [Label(Classes = 3)] int? Y")]
    public Task A_column(string column) => Check($"[Table] public partial record T(float O, {column});");

    [Fact]
    public Task A_property_of_another_type_can_be_left_out() =>
        Check("[Table] public partial record T(float A) { [Ignore] public System.DateTime Day { get; init; } public System.Uri? "
            + "Link => null; }");

    [Theory]
    [InlineData("[Table, Standardize, Impute(Statistic.Median)] public partial record T(float? A, bool B, int C);")]
    [InlineData("[Table, Impute(Statistic.Median)] public partial record T(float A, bool? {|DSL704:B|});")]
    [InlineData("[Table({|DSL710:Separator = '.'|})] public partial record T(float A);")]
    [InlineData("[Table({|DSL710:Decimal = '_'|})] public partial record T(float A);")]
    [InlineData("[Table] public partial record {|DSL708:T|}([Label] float A);")]
    [InlineData("[Table] public partial record {|DSL708:T|};")]
    public Task A_table(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model<Iris>, Linear] public partial class Net;")]
    [InlineData("[Model<Iris>, Linear(8), ReLU, Linear(Bias = false)] public partial class Net;")]
    [InlineData("[Model<Iris>, {|DSL713:Linear(4)|}] public partial class Net;")]
    [InlineData("[Model<Iris>, Linear(3), {|DSL713:Reshape(3, 1)|}] public partial class Net;")]
    [InlineData("[{|DSL711:Model<string>|}, Linear] public partial class Net;")]
    [InlineData("[Model(4), {|DSL714:Linear|}] public partial class Net;")]
    [InlineData(
        "[Table] partial record Hidden(float A, [Label] bool B); [Model<Hidden>, Linear] public partial class {|DSL717:Net|};")]
    [InlineData("[Table] public partial record Blind(float A); [{|DSL712:Model<Blind>|}, Linear] public partial class Net;")]
    [InlineData("[Model<Iris>, {|DSL715:Input(\"more\", 3)|}, Linear] public partial class Net;")]
    [InlineData("[Model<Iris>, Linear, Output(\"A\"), Linear, Output(\"B\")] public partial class {|DSL715:Net|};")]
    [InlineData("[Model<Iris>] public partial class {|DSL106:Net|};")]
    public Task A_model(string declaration) => Check(Iris + declaration);

    [Fact]
    public Task Methods_have_the_size_of_the_label_too() => Check("""
        using TorchSharp;
        using static TorchSharp.torch;
        """ + "\n" + Iris + """
        [Model<Iris>] public partial class Net
        {
            [Linear(8)] private partial Tensor Stem(Tensor x);
            [Linear] private partial Tensor Head(Tensor x);
            public Tensor Forward(Tensor x) => Head(Stem(x).relu());
        }
        """);

    [Theory]
    [InlineData("CrossEntropy, Adam, Epochs(1)")]
    [InlineData("{|DSL716:MeanSquaredError|}, Adam, Epochs(1)")]
    [InlineData("{|DSL716:BinaryCrossEntropy|}, Adam, Epochs(1)")]
    public Task A_trainer(string recipe) => Check(Iris + $"""
        [Model<Iris>, Linear] public partial class Net;
        [Trainer<Net>, {recipe}] public partial class NetTrainer;
        """);

    [Fact]
    public Task The_message_says_what_the_label_needs() => Verify.Message("using Dsl;\n" + Iris
        + "[Model<Iris>, Linear(8), ReLU, {|DSL713:Linear(4)|}] public partial class Net;",
        "'Iris' needs [N, 3], a number for each class of 'Species', but 'Net' returns [N, 4]: end it with [Linear], which has "
        + "that "
        + "size by itself");

    [Fact]
    public Task A_table_of_its_own_assembly_or_none_generates_what_compiles() => Verify.Compiles(Samples.Header + Samples.Tables);

    [Fact]
    public void Names_of_generated_code_can_be_those_of_columns()
    {
        var files = Declared.Generate("""
            using Dsl;
            [Table] public partial record Row(float Math, float Device, bool TableSchema, [Label] bool @class) { public int Parameter { get; init; } }
            """);
        Assert.Contains("this.@class", Assert.Single(files).Value, StringComparison.Ordinal);
    }

    private static Task Check(string markup) => Verify.Diagnostics("using Dsl;\n" + markup);
}
