using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is wrong with masked language modelling, at the very place in the declaration.</summary>
public class MaskedTokensDiagnosticTests
{
    private const string Words =
        "[Model(8, Elements = Elements.Index), Embedding(9, 4), Gru(4, Bidirectional = true), Linear(9)]";

    [Theory]
    [InlineData(Words, "MaskedLanguageModel(8, Special = [0, 1])")]
    [InlineData(Words, "MaskedLanguageModel({|DSL364:9|})")]
    [InlineData(Words, "MaskedLanguageModel(8, {|DSL364:Special = [0, 9]|})")]
    [InlineData(Words, "MaskedLanguageModel(8, {|DSL365:Random = 0.3|})")]
    [InlineData(Words, "MaskedLanguageModel(8, {|DSL365:Masked = 0.95|})")]
    [InlineData(Words, "MaskedLanguageModel(8, {|DSL105:Ratio = 1|})")]
    [InlineData(Words, "MaskedLanguageModel(8, {|DSL419:SpanEnd = 0.5|})")]
    [InlineData(Words, "MaskedLanguageModel(8, LongestSpan = 10, SpanEnd = 0.5)")]
    [InlineData(Words, "MaskedLanguageModel(8), {|DSL403:Accumulate(2)|}")]
    [InlineData(Words, "{|DSL403:CrossEntropy(PerPosition = true)|}, MaskedLanguageModel(8)")]
    [InlineData("[Model(8, 4), Gru(4), Linear(9)]", "{|DSL480:MaskedLanguageModel(8)|}")]
    [InlineData("[Model(8, Elements = Elements.Index), Embedding(9, 4), Linear(9)]", "{|DSL480:MaskedLanguageModel(8)|}")]
    [InlineData("[Model(8, Elements = Elements.Index), Embedding(9, 4), Gru(4, States = States.Last), Linear(9)]",
        "{|DSL480:MaskedLanguageModel(8)|}")]
    [InlineData("[Model(8, Elements = Elements.Index), Lengths, Embedding(9, 4), SelfAttention(2), Linear(9)]",
        "MaskedLanguageModel(8), BatchesByLength")]
    [InlineData(Words, "MaskedLanguageModel(8), {|DSL480:BatchesByLength|}")]
    public Task Declaration(string model, string scheme) => Verify.Diagnostics(
        $"using Dsl;\n{model} public partial class Net; "
        + $"[Trainer<Net>, {scheme}, Sgd(0.1), Epochs(1)] public partial class NetTrainer;");

    [Fact]
    public Task Message_says_what_to_do() => Verify.Message(
        $"using Dsl;\n{Words} public partial class Net; "
        + "[Trainer<Net>, MaskedLanguageModel({|DSL364:103|}), Sgd(0.1), Epochs(1)] "
        + "public partial class NetTrainer;",
        "Token 103 is none of those that 'Net' tells apart, 0 to 9 − 1: let the model end with [Linear(V)] for all V tokens, "
        + "the mask token among them");
}
