using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of declared images, and of the models and trainers for them, at the place that is wrong.</summary>
public class ImageDiagnosticTests
{
    private const string Flower = """
        [ImageFolder(3, 16, 16)] public partial record Flower([Label("daisy", "rose", "tulip")] string? Kind = null);

        """;

    [Theory]
    [InlineData("public partial class {|DSL701:T|} { }")]
    [InlineData("public record {|DSL101:T|}([Label(\"a\", \"b\")] string K);")]
    [InlineData("public partial record {|DSL719:T|};")]
    [InlineData("public partial record T(string {|DSL719:K|});")]
    [InlineData("public partial record T(float {|DSL719:Size|}, [Label(\"a\", \"b\")] string K);")]
    [InlineData("public partial record T([Label(\"a\", \"b\")] string K, [Label(\"a\", \"b\")] string {|DSL719:L|});")]
    [InlineData("public partial record T([Label(\"a\", \"b\")] string {|DSL719:Path|});")]
    [InlineData("public partial record T([Label] float {|DSL719:K|});")]
    [InlineData("public partial record T([Label] bool {|DSL719:K|});")]
    [InlineData("public partial record T([Label(Classes = 3)] int {|DSL719:K|});")]
    [InlineData("public partial record T([{|DSL706:Label|}] string K);")]
    [InlineData("public partial record T([{|DSL706:Label(\"a\")|}] string K);")]
    [InlineData("public partial record T([{|DSL709:Label(\"a\", \"a\")|}] string K);")]
    [InlineData("public partial record {|DSL203:Path|}([Label(\"a\", \"b\")] string K);")]
    [InlineData("public partial record {|DSL203:Load|}([Label(\"a\", \"b\")] string K);")]
    [InlineData("public partial record T([Label(\"a\", \"b\")] string K);")]
    [InlineData("public partial record T { [Label(\"a\", \"b\")] public string? K { get; init; } }")]
    [InlineData("public enum E { A, B } [ImageFolder(1, 2, 3)] public partial record T([Label] E K);")]
    public Task A_record(string declaration) =>
        Check((declaration.Contains("ImageFolder", StringComparison.Ordinal) ? "" : "[ImageFolder(3, 8, 8)] ") + declaration);

    [Theory]
    [InlineData("[ImageFolder({|DSL718:2|}, 8, 8)]")]
    [InlineData("[ImageFolder({|DSL718:0|}, 8, 8)]")]
    [InlineData("[ImageFolder({|DSL718:4|}, 8, 8)]")]
    [InlineData("[ImageFolder(3, {|DSL105:0|}, 8)]")]
    [InlineData("[ImageFolder(3, 8, {|DSL105:-1|})]")]
    [InlineData("[ImageFolder(3, 8, 8, {|DSL105:Background = 0x1000000|})]")]
    [InlineData("[ImageFolder(3, 8, 8), {|DSL720:MinMax|}]")]
    [InlineData("[ImageFolder(3, 8, 8), {|DSL720:Impute(0)|}]")]
    [InlineData("[ImageFolder(3, 8, 8), {|DSL720:HorizontalFlip|}]")]
    [InlineData("[ImageFolder(3, 8, 8), Standardize, {|DSL720:Normalize(0.5, 0.5)|}]")]
    [InlineData("[ImageFolder(3, 8, 8), {|DSL427:Normalize(new[] { 0.5, 0.5 }, new[] { 1.0, 1.0 })|}]")]
    [InlineData("[ImageFolder(3, 8, 8), Normalize(new[] { 0.5, 0.5 }, {|DSL427:new[] { 1.0 }|})]")]
    [InlineData("[ImageFolder(3, 8, 8), Normalize(0.5, {|DSL105:0|})]")]
    [InlineData("[ImageFolder(3, 8, 8), Normalize(new[] { 0.5, 0.5, 0.4 }, new[] { 0.2, 0.2, 0.2 })]")]
    [InlineData("[ImageFolder(1, 8, 8), Standardize]")]
    public Task Attributes(string attributes) =>
        Check(attributes + " public partial record T([Label(\"a\", \"b\")] string? K = null);");

    [Fact]
    public Task Rows_of_a_table_are_no_images() => Check(
        "[Table, {|DSL719:ImageFolder(3, 8, 8)|}] public partial record T(float A, [Label(\"a\", \"b\")] string? K = null);");

    [Theory]
    [InlineData("Conv2d(8, 3), ReLU, Flatten, Linear")]
    [InlineData("Conv2d(8, 3), ReLU, Flatten, Linear(3)")]
    [InlineData("Conv2d(8, 3), ReLU, Flatten, {|DSL713:Linear(4)|}")]
    [InlineData("Conv2d(8, {|DSL302:20|}), Flatten, Linear")]
    [InlineData("Flatten, Linear(8), {|DSL301:Conv2d(4, 3)|}, Flatten, Linear")]
    [InlineData("Conv2d(8, 3), {|DSL713:ReLU|}")]
    public Task A_model(string layers) => Check(Flower + $"[Model<Flower>, {layers}] public partial class Net;");

    [Theory]
    [InlineData("CrossEntropy, Augment<Views>, Adam, Epochs(1)")]
    [InlineData("CrossEntropy, {|DSL721:Augment<Normal>|}, Adam, Epochs(1)")]
    [InlineData("CrossEntropy, {|DSL721:FixMatch<Views, Normal>|}, Adam, Epochs(1)")]
    [InlineData("{|DSL716:BinaryCrossEntropy|}, Adam, Epochs(1)")]
    public Task A_trainer(string recipe) => Check(Flower + $"""
        [Augmentation, HorizontalFlip] public partial class Views;
        [Augmentation, HorizontalFlip, Normalize(0.5, 0.5)] public partial class Normal;
        [Model<Flower>, Flatten, Linear] public partial class Net;
        [Trainer<Net>, {recipe}] public partial class NetTrainer;
        """);

    [Fact]
    public Task The_message_says_where_a_normalisation_belongs() => Verify.Message("using Dsl;\n" + Flower + """
        [Augmentation, Normalize(0.5, 0.5)] public partial class Normal;
        [Model<Flower>, Flatten, Linear] public partial class Net;
        [Trainer<Net>, CrossEntropy, {|DSL721:Augment<Normal>|}, Adam, Epochs(1)] public partial class NetTrainer;
        """, "[Normalize] of 'Normal' would be left out of predictions: put it on 'Flower', which the model "
            + "normalises by everywhere");

    [Fact]
    public Task Images_of_their_own_assembly_or_none_generate_what_compiles() => Verify.Compiles(Samples.Header + Samples.Images);

    private static Task Check(string markup) => Verify.Diagnostics("using Dsl;\n" + markup);
}
