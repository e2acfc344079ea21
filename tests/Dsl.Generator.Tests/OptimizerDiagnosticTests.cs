using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What optimizers ask of networks, schedules and what stands beside them.</summary>
public class OptimizerDiagnosticTests
{
    private const string Net = """

        [Model(4), Linear(8), ReLU, Linear(10)] public partial class Net;
        [Model(4), Linear(10)] public partial class Shallow;
        """;

    [Theory]
    [InlineData("Net", "Muon")]
    [InlineData("Net", "Muon(Except = \"2\")")]
    [InlineData("Shallow", "{|DSL366:Muon|}")]
    [InlineData("Net", "{|DSL366:Muon(Except = \"0\")|}")]
    [InlineData("Net", "Muon({|DSL510:Except = \"1\"|})")]
    [InlineData("Net", "Muon({|DSL105:NewtonSchulzSteps = 0|})")]
    [InlineData("Net", "Lion({|DSL105:Beta2 = 1|})")]
    public Task Matrices(string net, string optimizer) => Verify.Diagnostics(
        $"using Dsl; namespace Demo;\n[Trainer<{net}>, CrossEntropy, {optimizer}, Epochs(10)] public partial class T;" + Net);

    [Fact]
    public Task Matrices_of_a_forward_that_is_not_analysed() => Verify.Diagnostics(
        MethodSamples.Opaque.Replace("i < Times", "i < {|DSL231:Times|}", StringComparison.Ordinal)
        + "[Trainer<Repeated>, CrossEntropy, {|DSL367:Muon|}, Epochs(10)] public partial class T;");

    [Fact]
    public void Hidden_matrices_are_neither_looked_up_nor_added_nor_last()
    {
        string code = Declared.Generate("""
            using Dsl;
            namespace Demo;
            [Model(16, Elements = Elements.Index), Embedding(100, 32), PositionalEmbedding]
            [TransformerEncoderLayer(4, 64), LayerNorm, Linear(100)]
            public partial class Writer;
            [Trainer<Writer>, CrossEntropy(PerPosition = true), Muon, Epochs(10)] public partial class T;
            """)["Demo.T.Trainer.g.cs"];
        string[] taken = [.. Regex.Matches(code, @"// (\S+)\n\s+UpdatePart\(").Select(match => match.Groups[1].Value)];
        Assert.Equal(["2.self_attn.in_proj_weight", "2.self_attn.out_proj.weight", "2.linear1.weight", "2.linear2.weight"], taken);
        Assert.Contains("UpdatePartOthers(", code, StringComparison.Ordinal);
    }
}
