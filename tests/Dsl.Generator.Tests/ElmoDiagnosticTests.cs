using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Language models of both directions, and mixtures of layers, that cannot be.</summary>
public class ElmoDiagnosticTests
{
    private const string Trained =
        "[Trainer<Net>, {|DSL480:BidirectionalLanguageModel(\"next\", \"previous\")|}, Adam, Epochs(1)] public partial class T;";

    [Theory]
    [InlineData("Embedding(9, 4), Tag(\"w\"), Lstm(4, Bidirectional = true), Linear(9), Output(\"next\"), "
        + "From(\"w\"), Lstm(4, Reversed = true), Linear(9), Output(\"previous\")",
        "recurrent layers that read forward alone in front of \"next\"")]
    [InlineData("Embedding(9, 4), Tag(\"w\"), Lstm(4), Linear(9), Output(\"next\"), "
        + "From(\"w\"), Lstm(4), Linear(9), Output(\"previous\")",
        "recurrent layers that read from the end alone in front of \"previous\"")]
    [InlineData("Embedding(9, 4), Tag(\"w\"), Lstm(4), Linear(9), Output(\"next\"), "
        + "From(\"w\"), Lstm(4, Reversed = true), Linear(9), Output(\"before\")", "has no output \"previous\"")]
    [InlineData("Embedding(9, 4), Tag(\"w\"), Lstm(4, States = States.Last), Linear(9), Output(\"next\"), "
        + "From(\"w\"), Lstm(4, Reversed = true), Linear(9), Output(\"previous\")",
        "logits of the vocabulary at each of 6 places")]
    public Task An_output_that_cannot_be_trained_so(string layers, string part) => Verify.Message(
        $"using Dsl;\n[Model(6, Elements = Elements.Index), {layers}] public partial class Net;\n{Trained}",
        said => Assert.Contains(part, said, StringComparison.Ordinal));

    [Theory]
    [InlineData("Lstm(4, Bidirectional = true, {|DSL548:Reversed = true|})")]
    [InlineData("Lstm(4), {|DSL549:ScalarMix|}")]
    public Task A_layer_that_cannot_be(string layers) => Verify.Diagnostics(
        $"using Dsl;\n[Model(6, 3), {layers}, Linear(2)] public partial class Net;");
}
