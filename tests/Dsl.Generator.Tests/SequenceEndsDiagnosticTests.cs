using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What lets padding in, at the very place in the declaration.</summary>
public class SequenceEndsDiagnosticTests
{
    private const string Trainer = " [Trainer<Net>, OBJECTIVE, Sgd(0.1), Epochs(1)] public partial class NetTrainer;";

    [Theory]
    [InlineData("[Model(8, 4), Lengths, {|DSL361:Flatten|}, Linear(2)] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, {|DSL361:Reshape(16, 2)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, Linear(6), {|DSL361:Place(7)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, {|DSL361:Place(-2)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, {|DSL361:LayerNorm(2)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, {|DSL361:Softmax(1)|}] public partial class Net;")]
    [InlineData("[Model(8), Lengths, {|DSL361:Linear(4)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, Permute(2, 1), {|DSL361:BatchNorm1d|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, Permute(2, 1), {|DSL361:Linear(4)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, Permute(2, 1), {|DSL361:Conv1d(4, 3)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, Permute(2, 1), {|DSL361:Conv1d(4, 1, Stride = 2)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, Permute(2, 1), {|DSL361:MaxPool1d(2)|}] public partial class Net;")]
    [InlineData("[Model(8, 8), Lengths, Permute(2, 1), {|DSL361:SelfAttention(2)|}] public partial class Net;")]
    [InlineData("[Model(8, 8), Lengths, Permute(2, 1), {|DSL361:Lstm(2, States = States.Last)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths, ClassToken, {|DSL361:Flatten|}] public partial class Net;")]
    [InlineData("[Block, {|DSL361:Flatten|}] public partial class F; [Model(8, 4), Lengths, Use<F>] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths({|DSL362:Of = \"target\"|}), Linear(2)] public partial class Net;")]
    [InlineData("[Model(8, 4), Input(\"target\", 3), Lengths({|DSL362:Of = \"taget\"|}), Linear(2)] public partial class Net;")]
    [InlineData("[Model(4, 8, 8), {|DSL362:Lengths|}, Flatten] public partial class Net;")]
    [InlineData("[Model(8, 4), Lengths(\"a\"), {|DSL362:Lengths(\"b\")|}, Linear(2)] public partial class Net;")]
    public Task Declaration_that_does_not_fit(string declaration) => Verify.Diagnostics("using Dsl;\n" + declaration);

    [Theory]
    [InlineData("Linear(3)", "{|DSL363:BinaryCrossEntropy|}")]
    [InlineData("ClassToken, Linear(3)", "{|DSL363:CrossEntropy(PerPosition = true)|}")]
    [InlineData("Permute(2, 1)", "{|DSL363:CrossEntropy(PerPosition = true)|}")]
    [InlineData("Linear(3)", "{|DSL363:CrossEntropy(PerPosition = true)|}, Accumulate(2)")]
    [InlineData("Linear(3)", "CrossEntropy(PerPosition = true), {|DSL363:ConfidencePenalty(PerPosition = true)|}")]
    public Task Objective_that_would_count_padding(string end, string objective) => Verify.Diagnostics(
        $"using Dsl;\n[Model(8, 4), Lengths, {end}] public partial class Net;" + Trainer.Replace("OBJECTIVE", objective));

    [Theory]
    [InlineData("Lstm(3, Bidirectional = true), SelfAttention(2), Linear(3)", "CrossEntropy(PerPosition = true)")]
    [InlineData("Lstm(3, Bidirectional = true), Linear(3)", "MeanSquaredError")]
    [InlineData("Permute(2, 1), GlobalAvgPool1d, Linear(3)", "CrossEntropy, Accumulate(2)")]
    [InlineData("Place(-1), Linear(3)", "CrossEntropy")]
    [InlineData("Gru(4), Linear(3)", "L1")]
    [InlineData("Gru(4), Tag(\"h\"), Linear(2), Output(\"mean\"), From(\"h\"), Linear(2), Output(\"spread\")",
        "GaussianNll(\"spread\", Of = \"mean\")")]
    public Task What_regards_the_ends_compiles(string end, string objective) => Verify.Diagnostics(
        $"using Dsl;\n[Model(8, 4), Lengths, {end}] public partial class Net;" + Trainer.Replace("OBJECTIVE", objective));

    [Theory]
    [InlineData("[Model(8, 4), Lengths, {|DSL361:Flatten|}, Linear(2)] public partial class Net;",
        "Flatten gets sequences [N, 8, 4] with [Lengths] from the model's input, and what stands behind their ends would change "
        + "what it gives: it may mix places")]
    [InlineData("[Model(8, 4), Lengths({|DSL362:Of = \"target\"|}), Linear(2)] public partial class Net;",
        "'lengths' counts the places of no sequence: the model has no input \"target\" before it")]
    public Task Message_says_what_to_do(string declaration, string message) =>
        Verify.Message("using Dsl;\n" + declaration, message);
}
