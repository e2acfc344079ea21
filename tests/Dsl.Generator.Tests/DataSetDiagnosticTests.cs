using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Objectives that have a data set for themselves: where that cannot be, and what it may be called.</summary>
public class DataSetDiagnosticTests
{
    private const string Heads = """
        using Dsl;
        [Model(4), Linear(8), Tag("trunk"), Linear(3), Output("first"), From("trunk"), Linear(2), Output("second")]
        public partial class Net;

        """;

    [Theory]
    [InlineData("CrossEntropy(Of = \"first\", {|DSL527:Data = \"a\"|}), CrossEntropy(Of = \"second\", Data = \"b\")",
        "no objective reads the trainer's own data, whose passes are the epochs: leave Data out of one")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\", Data = \"a\"), "
        + "MeanSquaredError(Of = \"second\", {|DSL527:Data = \"A\"|})", "\"a\" differs in capitals alone")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), "
        + "CrossEntropy(Of = \"trunk\", {|DSL527:Data = \"a\"|})",
        "\"trunk\" is a tagged value, of the trainer's data alone: make it an output")]
    [InlineData("CrossEntropy(Of = \"first\"), DisturbLabel(Of = \"second\", {|DSL527:Data = \"a\"|})",
        "it reads more than predictions and labels: random numbers, or counts of the data")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\", {|DSL527:Data = \"a\"|}), Accumulate(2)",
        "[Accumulate] is about the batches of one data set")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\", {|DSL527:Data = \"a\"|}), Mixup",
        "[Mixup] mixes the data's samples")]
    [InlineData("CrossEntropy(Of = \"first\"), Triplet(Of = \"second\", {|DSL527:Data = \"a\"|}), "
        + "SamplesPerClass(4)",
        "it reads no labels that predictions of single samples are held against")]
    public Task A_data_set_that_cannot_be(string terms, string problem) => Verify.Message(
        Heads + $"[Trainer<Net>, {terms}, Adam, Epochs(1)] public partial class NetTrainer;",
        said => Assert.EndsWith($" for itself: {problem}", said, StringComparison.Ordinal));

    [Theory]
    [InlineData("{|DSL527:Data = \"validation\"|}")]
    [InlineData("{|DSL527:Data = \"label\"|}")]
    [InlineData("{|DSL213:Data = \"two words\"|}")]
    public Task A_name_that_cannot_be(string data) => Verify.Diagnostics(Heads
        + $"[Trainer<Net>, CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\", {data}), Adam, Epochs(1)] "
        + "public partial class NetTrainer;");

    [Fact]
    public Task Labels_are_of_one_kind_in_each_data_set() => Verify.Diagnostics(Heads + """
        [Trainer<Net>, CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Data = "a")]
        [{|DSL413:MeanSquaredError(Of = "second", Data = "a")|}, Adam, Epochs(1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Each_data_set_is_an_argument_and_has_an_evaluation() => Verify.Compiles(Heads + """
        [Trainer<Net>, MeanSquaredError(Of = "second", Data = "others"), CrossEntropy(Of = "first"), Adam, Epochs(1)]
        public partial class NetTrainer;
        static class Use
        {
            static double Of(NetTrainer trainer, Dsl.Runtime.ILabeledDataSource data, Dsl.Runtime.ILabeledDataSource others)
            {
                trainer.Fit(data, others);
                return trainer.EvaluateOthers(others).MeanSquaredError + trainer.Evaluate(data).Accuracy;
            }
        }
        """);
}
