using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Models that are, or cannot be, computed place by place.</summary>
public class StepwiseDiagnosticTests
{
    [Theory]
    [InlineData("Stepwise = true", "TransformerEncoderLayer(2, 16, Causal = true), Linear(9)")]
    [InlineData("Stepwise = true", "SelfAttention(2, Causal = true, Rotary = true), LayerNorm, GELU, Linear(9)")]
    [InlineData("Stepwise = true", "Lstm(8), Gru(8), RMSNorm, Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "PositionalEmbedding, TransformerEncoderLayer(2, 16), Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "PositionalEmbedding, SelfAttention(2), Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "Lstm(8, Bidirectional = true), Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "Lstm(8, States = States.Last), Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "Permute(2, 1), Linear(6), Permute(2, 1), Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "Permute(2, 1), Conv1d(8, 3, Padding = 1), Permute(2, 1), Linear(9)")]
    [InlineData("{|DSL355:Stepwise = true|}", "Flatten, Linear(9)")]
    [InlineData("Stepwise = false", "Flatten, Linear(9)")]
    public Task Declaration(string setting, string layers) => Verify.Diagnostics(
        $"using Dsl;\n[Model(6, Elements = Elements.Index, {setting}), Embedding(9, 8), {layers}] public partial class Net;");

    [Fact]
    public Task Message_says_what_to_do() => Verify.Message(
        "using Dsl;\n[Model(6, 8, {|DSL355:Stepwise = true|}), PositionalEmbedding, SelfAttention(2)] public partial class Net;",
        "Stepwise needs places that depend on themselves and earlier ones alone, but of SelfAttention(2) this cannot be told: it "
        + "sees later places: write Causal = true; take attention with Causal = true and recurrences that read forwards, or "
        + "leave Stepwise out");
}
