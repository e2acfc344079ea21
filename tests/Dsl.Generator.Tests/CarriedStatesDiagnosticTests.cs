using System.Threading.Tasks;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>States of recurrences that are carried on, and training by parts of sequences.</summary>
public class CarriedStatesDiagnosticTests
{
    [Theory]
    [InlineData("CarriesStates = true", "Lstm(8), Gru(8), Rnn(8, Layers = 2), Linear(9)")]
    [InlineData("CarriesStates = true", "Lstm(8, States = States.Last), Linear(9)")]
    [InlineData("CarriesStates = true, Stepwise = true", "Lstm(8), Linear(9)")]
    [InlineData("CarriesStates = true", "{|DSL529:Lstm(8, Bidirectional = true)|}, Linear(9)")]
    [InlineData("{|DSL529:CarriesStates = true|}", "PositionalEmbedding, SelfAttention(2, Causal = true), Linear(9)")]
    [InlineData("CarriesStates = false", "Lstm(8, Bidirectional = true), Linear(9)")]
    public Task Declaration(string setting, string layers) => Verify.Diagnostics(
        $"using Dsl;\n[Model(6, Elements = Elements.Index, {setting}), Embedding(9, 8), {layers}] public partial class Net;");

    [Fact]
    public Task Sequences_that_end_early_have_no_state_to_go_on_from() => Verify.Diagnostics("""
        using Dsl;
        [Model(6, Elements = Elements.Index, CarriesStates = true), Lengths]
        [Embedding(9, 8), {|DSL529:Lstm(8)|}, Linear(9)] public partial class Net;
        """);

    [Theory]
    [InlineData("CarriesStates = true", "TruncatedBackpropagation")]
    [InlineData("CarriesStates = false", "{|DSL480:TruncatedBackpropagation|}")]
    [InlineData("CarriesStates = true", "{|DSL480:TruncatedBackpropagation|}, Accumulate(2)")]
    [InlineData("CarriesStates = true", "{|DSL480:TruncatedBackpropagation|}, OnNonFinite(NonFinite.SkipStep)")]
    public Task Trainer(string setting, string recipe) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(6, Elements = Elements.Index, {{setting}}), Embedding(9, 8), Lstm(8), Linear(9)] public partial class Net;
        [Trainer<Net>, CrossEntropy(PerPosition = true), {{recipe}}, Adam(1e-3), BatchSize(4), Epochs(2)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Message_says_what_to_do() => Verify.Message(
        "using Dsl;\n[Model(6, 8, CarriesStates = true), {|DSL529:Lstm(8, Bidirectional = true)|}] public partial class Net;",
        "CarriesStates = true, but Lstm(8, Bidirectional) has no states that could be carried on to what follows: its backward "
        + "direction begins at the end of a sequence, which comes last; take recurrent layers that read forwards in the model's "
        + "own stack, or leave CarriesStates out");
}
