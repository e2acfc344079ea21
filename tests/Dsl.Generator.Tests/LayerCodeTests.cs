using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of models with activations, normalisations and masks.</summary>
public class LayerCodeTests
{
    private const string Normalized = Samples.Header + """
        [Model(3, 8, 8)]
        [Conv2d(8, 3, Padding = 1), GroupNorm(2), SiLU, Dropout2d(0.1), L2Normalize]
        [Flatten, Linear(32), RMSNorm, PReLU(PerChannel = true), LayerNorm, GELU, DropPath(0.2), Linear(10), LogSoftmax]
        public partial class Normalized;
        """;

    private const string Every = Samples.Header + """
        [Model(8)]
        [Linear(8), LeakyReLU(0.1), Linear(8), PReLU, Linear(8), ELU(0.5), Linear(8), GELU(Approximate = true), Linear(8), Mish]
        [Tanh, Linear(8), Sigmoid, Linear(8), Softplus(Beta = 2), Linear(8), HardSwish, Linear(8), Softmax, LayerNorm(Affine = false)]
        public partial class Rows;

        [Model(4, 6, 6)]
        [InstanceNorm2d, InstanceNorm2d(Affine = true), LayerNorm(3, Bias = false), RMSNorm(2, Affine = false), Softmax(1), LogSoftmax(2)]
        [GroupNorm(2, Affine = false), L2Normalize(-1), PReLU(PerChannel = true)]
        public partial class Images;

        [Trainer<Rows>, CrossEntropy, Adam(1e-3), Epochs(1)]
        public partial class RowsTrainer;
        """;

    [Fact]
    public Task Normalized_model() => Verify.Snapshot(Normalized);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public async Task Every_layer_compiles_without_warnings(string backward)
    {
        await Verify.Compiles(Normalized, ("build_property.DslBackward", backward));
        await Verify.Compiles(Every, ("build_property.DslBackward", backward));
    }
}
