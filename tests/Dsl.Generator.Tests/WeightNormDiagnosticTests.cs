using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Layers that learn something else than their weight.</summary>
public class WeightNormDiagnosticTests
{
    [Theory]
    [InlineData("[Model(3, 8), ConvTranspose1d(4, 3, {|DSL618:Normalize = WeightNormalization.Weight|})]")]
    [InlineData("[Model(3, 8, 8), MaskedConv2d(4, 3, PixelMask.A, {|DSL618:Normalize = WeightNormalization.Spectral|})]")]
    [InlineData("[Model(4), Linear(4, Share = \"w\", {|DSL618:Normalize = WeightNormalization.Weight|})]")]
    [InlineData("[Model(4), Linear(4, {|DSL618:Normalize = WeightNormalization.Spectral|}), Frozen, ReLU, Linear(2)]")]
    [InlineData("[Model(4), Linear(4, Normalize = WeightNormalization.Weight), Frozen, ReLU, Linear(2)]")]
    public Task What_cannot_be_normalised(string stack) =>
        Verify.Diagnostics($"using Dsl; namespace Demo;\n{stack} public partial class Net;");

    [Fact]
    public async Task Blocks_trainers_and_optimizers_of_matrices_compile()
    {
        const string source = """
            using Dsl;
            namespace Demo;
            [Block, TemporalConv(Arg.Channels, 3, Normalize = WeightNormalization.Weight), ReLU, Residual]
            public partial class Level;
            [Model(4, 16), Use<Level>(Times = 2, Channels = 4), Conv1d(6, 3, Normalize = WeightNormalization.Spectral), ReLU]
            [Flatten, Linear(8, Normalize = WeightNormalization.Weight), ReLU, Linear(3)]
            public partial class Net;
            [Trainer<Net>, CrossEntropy, Muon, SharpnessAware, WeightAverage, Epochs(10)] public partial class T;
            """;
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
        string trainer = Declared.Generate(source)["Demo.T.Trainer.g.cs"];
        Assert.Contains("weight_v\n        UpdatePart(", trainer, StringComparison.Ordinal);
    }
}
