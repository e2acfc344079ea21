using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of models with convolutions, pooling and changes of shape.</summary>
public class SpatialCodeTests
{
    private const string Sequence = Samples.Header + """
        [Model(8, 6)]
        [Permute(2, 1), TemporalConv(4, 2, Dilation = 2), ReLU, MaxPool1d(2), ConvTranspose1d(4, 2, Stride = 2), Reshape(4, 2, 4)]
        [SqueezeExcite(2), Upsample(2, Mode = Interpolation.Bilinear), PixelShuffle(2), AvgPool2d(2), Flatten, Linear(3)]
        public partial class Sequence;
        """;

    private const string Every = Samples.Header + """
        [Model(4, 12)]
        [Conv1d(4, 3, Stride = 2, Padding = 1, Groups = 2), AvgPool1d(3, Stride = 1, Padding = 1, CountIncludePad = false), Pad(1)]
        [Pad(2, Mode = PaddingMode.Reflect), GlobalAvgPool1d, Linear(3)]
        public partial class Sequences;

        [Model(2, 4, 6, 6)]
        [Conv3d(4, 3, Padding = 1, Bias = false), Reshape(16, 6, -1), ConvTranspose2d(4, 3, Dilation = 2, OutputPadding = 1), Upsample(2)]
        [AvgPool2d(2), AdaptiveAvgPool2d(3), Pad(1, Mode = PaddingMode.Reflect), GlobalAvgPool2d, Linear(3)]
        public partial class Volumes;

        [Trainer<Sequences>, CrossEntropy, Adam(1e-3), Epochs(1)]
        public partial class SequencesTrainer;
        """;

    [Fact]
    public Task Sequence_model() => Verify.Snapshot(Sequence);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public async Task Every_layer_compiles_without_warnings(string backward)
    {
        await Verify.Compiles(Sequence, ("build_property.DslBackward", backward));
        await Verify.Compiles(Every, ("build_property.DslBackward", backward));
    }

    [Fact]
    public void Operations_of_a_transposed_convolution_are_counted_at_its_input()
    {
        // 2·(4·5·5 places)·(3·2·2 products) and one sum of the bias for each of 3·10·10 results.
        string file = Declared.Generate(Samples.Header
            + "[Model(4, 5, 5), ConvTranspose2d(3, 2, Stride = 2)] public partial class Net;")["Demo.Net.Model.g.cs"];
        Assert.Contains(" 2,700 ", file);
    }
}
