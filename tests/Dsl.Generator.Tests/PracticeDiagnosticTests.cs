using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Warnings of what the literature advises against in a model, with the cases beside them that are meant.</summary>
public class PracticeDiagnosticTests
{
    [Theory]
    [InlineData("{|DSL609:Conv2d(4, 3)|}, BatchNorm2d, ReLU")]
    [InlineData("{|DSL609:Conv2d(4, 3)|}, InstanceNorm2d, ReLU")]
    [InlineData("{|DSL609:ConvTranspose2d(4, 3)|}, BatchNorm2d, ReLU")]
    [InlineData("Flatten, {|DSL609:Linear(4)|}, BatchNorm1d, ReLU")]
    [InlineData("Use<Stage>(Channels = 4), {|DSL609:Conv2d(4, 3)|}, BatchNorm2d")]
    [InlineData("Conv2d(4, 3, Bias = false), BatchNorm2d, ReLU")]
    [InlineData("Conv2d(4, 3), ReLU, BatchNorm2d")]
    [InlineData("Conv2d(4, 3), GroupNorm(2), ReLU")]
    [InlineData("Conv2d(4, 3), Tag(\"a\"), BatchNorm2d, Add(\"a\")")]
    [InlineData("Conv2d(4, 3), Frozen, BatchNorm2d, ReLU")]
    [InlineData("Flatten, Linear(4), LayerNorm, ReLU")]
    public Task Bias_before_a_normalisation(string layers) => Check($"[Model(3, 8, 8), {layers}, Flatten, Linear(10)]");

    [Fact]
    public Task A_bias_in_a_block_is_said_once() => Check("""
        [Block, {|DSL609:Conv2d(4, 3, Padding = 1)|}, BatchNorm2d, ReLU] public partial class Twice;
        [Model(3, 8, 8), Use<Twice>, Use<Twice>, Flatten, Linear(10)]
        public partial class Other;
        [Model(3, 9, 9), Use<Twice>, Flatten, Linear(10)]
        """);

    [Theory]
    [InlineData("{|DSL610:Dropout(0.5)|}, Linear(8, Bias = false), BatchNorm1d, ReLU")]
    [InlineData("Linear(8), {|DSL610:Dropout(0.5)|}, BatchNorm1d, ReLU")]
    [InlineData("Linear(8), Tag(\"a\"), ReLU, {|DSL610:Dropout(0.5)|}, Add(\"a\"), Tanh, BatchNorm1d")]
    [InlineData("Linear(8, Bias = false), BatchNorm1d, ReLU, Dropout(0.5)")]
    [InlineData("Dropout(0.5), Linear(8), LayerNorm, ReLU, Linear(8, Bias = false), BatchNorm1d, ReLU")]
    public Task Dropout_before_a_batch_normalisation(string layers) => Check($"[Model(6), {layers}, Linear(10)]");

    [Theory]
    [InlineData("Linear(8), {|DSL611:Linear(10)|}")]
    [InlineData("Linear(10), {|DSL611:Linear(10)|}")]
    [InlineData("Linear(3), Linear(10)")]
    [InlineData("Linear(8), Tanh, Linear(10)")]
    [InlineData("Linear(8), Tag(\"code\"), Linear(10)")]
    [InlineData("Linear(8), Dropout(0.1), Linear(10)")]
    [InlineData("Linear(8), Frozen, Linear(10)")]
    public Task Linear_behind_linear(string layers) => Check($"[Model(6), {layers}]");

    [Theory]
    [InlineData("Embedding(50, 16), {|DSL612:TransformerEncoderLayer(2, 32)|}, TransformerEncoderLayer(2, 32)")]
    [InlineData("Embedding(50, 16), LayerNorm, {|DSL612:SelfAttention(2)|}")]
    [InlineData("Embedding(50, 16), PositionalEmbedding, TransformerEncoderLayer(2, 32)")]
    [InlineData("Embedding(50, 16), SinusoidalEncoding, TransformerEncoderLayer(2, 32)")]
    [InlineData("Embedding(50, 16), TransformerEncoderLayer(2, 32, Causal = true)")]
    [InlineData("Embedding(50, 16), SelfAttention(2, Rotary = true)")]
    [InlineData("Embedding(50, 16), Gru(16), SelfAttention(2)")]
    [InlineData("Embedding(50, 16), ClassToken, PositionalEmbedding, TransformerEncoderLayer(2, 32)")]
    public Task Attention_without_positions(string layers) =>
        Check($"[Model(12, Elements = Elements.Index), {layers}, Flatten, Linear(10)]");

    [Fact]
    public async Task Patches_have_no_order_and_windows_that_overlap_do()
    {
        await Check("[Model(1, 8, 8), Conv2d(16, 2, Stride = 2), Reshape(16, 16), Permute(2, 1), "
            + "{|DSL612:SelfAttention(2)|}, Flatten, Linear(10)]");
        await Check("[Model(1, 8, 8), Conv2d(16, 3, Stride = 2, Padding = 1), Reshape(16, 16), Permute(2, 1), "
            + "SelfAttention(2), Flatten, Linear(10)]");
    }

    [Theory]
    [InlineData("Linear(10), Tanh", "{|DSL613:CrossEntropy|}")]
    [InlineData("Linear(10), Sigmoid", "{|DSL613:CrossEntropy|}")]
    [InlineData("Linear(10), Tanh", "MeanSquaredError")]
    [InlineData("Linear(10)", "CrossEntropy")]
    public Task Bounded_logits(string layers, string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(6), {{layers}}] public partial class Net;
        [Trainer<Net>, {{objective}}, Adam(1e-3), Epochs(10)] public partial class NetTrainer;
        """);

    [Fact]
    public Task The_bound_of_a_probability_is_said() => Verify.Message(
        """
        using Dsl;
        [Model(6), Linear(10), Tanh] public partial class Net;
        [Trainer<Net>, {|DSL613:CrossEntropy|}, Adam(1e-3), Epochs(10)] public partial class NetTrainer;
        """,
        said => Assert.EndsWith(
            "of 10 classes none can get a probability above 0.45; remove the last activation", said, StringComparison.Ordinal));

    [Fact]
    public Task Teacher_that_learnt_from_smoothed_labels() => Verify.Diagnostics("""
        using Dsl;
        [Model(6), Linear(20), ReLU, Linear(10)] public partial class Large;
        [Model(6), Linear(10)] public partial class Small;
        [Trainer<Large>, CrossEntropy(LabelSmoothing = 0.1), Adam(1e-3), Epochs(10)] public partial class LargeTrainer;
        [Trainer<Small>, {|DSL614:Distill<Large>|}, CrossEntropy(LabelSmoothing = 0.1), Adam(1e-3), Epochs(10)] public partial class SmallTrainer;
        [Trainer<Small>, {|DSL614:Distill<Small>|}, CrossEntropy, Adam(1e-3), Epochs(10)] public partial class NextGeneration;
        """);

    [Fact]
    public Task Teacher_that_learnt_from_hard_labels() => Verify.Diagnostics("""
        using Dsl;
        [Model(6), Linear(20), ReLU, Linear(10)] public partial class Large;
        [Model(6), Linear(10)] public partial class Small;
        [Trainer<Large>, CrossEntropy(LabelSmoothing = 0), Adam(1e-3), Epochs(10)] public partial class LargeTrainer;
        [Trainer<Small>, Distill<Large>, CrossEntropy(LabelSmoothing = 0.1), Adam(1e-3), Epochs(10)] public partial class SmallTrainer;
        """);

    private static Task Check(string model) => Verify.Diagnostics($$"""
        using Dsl;
        [Block, Conv2d(Arg.Channels, 3, Bias = false), BatchNorm2d, ReLU] public partial class Stage;
        {{model}}
        public partial class Net;
        """);
}
