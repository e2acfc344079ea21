using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of models that say how parameters start, which are shared, and which are frozen.</summary>
public class ParameterCodeTests
{
    private const string Tuned = Samples.Header + """
        [Block, Init(Initializer.KaimingNormal, Fan = FanMode.Out)]
        [Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d, Init(Initializer.Zero), ReLU]
        public partial class Stage;

        [Model(2, 6, 6), Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero), Init(Initializer.Normal, Parameter = "9.weight", Residuals = 4)]
        [Use<Stage>(Channels = 4), Frozen]
        [Conv2d(4, 3, Padding = 1, Share = "kernel"), ReLU, Conv2d(4, 3, Padding = 1, Share = "kernel"), Flatten]
        [Linear(8), Init(Initializer.Orthogonal, Gain = 1.5), Tanh, Linear(8), Init(Initializer.TruncatedNormal), Tanh, Linear(3)]
        public partial class Tuned;

        [Trainer<Tuned>, CrossEntropy, Sgd(0.1, Momentum = 0.9), ClipGradNorm(1), Epochs(1)]
        public partial class TunedTrainer;
        """;

    [Fact]
    public Task Tuned_model() => Verify.Snapshot(Tuned);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public Task Everything_compiles_without_warnings(string backward) =>
        Verify.Compiles(Tuned, ("build_property.DslBackward", backward));

    [Fact]
    public void Steps_are_cached() => Verify.Cacheable(Tuned + " [Augmentation, RandomShift(1)] public partial class Weak;"
        + " [Table] public partial record Row(float A); [ImageFolder(3, 8, 8)] public partial record Picture([Label(\"a\", "
        + "\"b\")] string Kind);");

    // Loading the state of the same network without the rule depends on it.
    [Fact]
    public void Rules_take_no_position() => Assert.Equal(
        Names("[Model(4), Linear(3), ReLU, Linear(2)] public partial class Net;"),
        Names("[Model(4), Init(Initializer.XavierNormal), Linear(3), Init(Initializer.Zero), ReLU, Frozen, Linear(2)] public "
            + "partial class Net;"));

    [Fact]
    public void Backward_stops_at_the_frozen_part()
    {
        string file = Declared.Generate(
            Samples.Header + "[Model(4), Linear(3), ReLU, Frozen, Linear(2)] public partial class Net;")["Demo.Net.Model.g.cs"];
        string parameters = file[file.IndexOf("public Tensor? Backward", StringComparison.Ordinal)
            ..file.IndexOf("if (!inputGradient)", StringComparison.Ordinal)];
        Assert.Contains("gradients.Linear2Weight", parameters);
        Assert.DoesNotContain("Linear0", parameters);
        Assert.DoesNotContain("threshold_backward", parameters);
    }

    private static string[] Names(string declaration) =>
    [
        .. Declared.Generate(Samples.Header + declaration)["Demo.Net.Model.g.cs"].Split('\n')
            .Where(line => line.Contains(".Hold(", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(" = ", StringComparison.Ordinal)].Trim()),
    ];
}
