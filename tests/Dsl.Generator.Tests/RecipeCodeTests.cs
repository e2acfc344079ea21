using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What recipes generate: updates part by part, windows of batches, averages, early stopping.</summary>
public class RecipeCodeTests
{
    private const string Declarations = """
        using Dsl;

        namespace Demo;

        [Model(784), Linear(256), ReLU, BatchNorm1d, Linear(10)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, Lamb(1e-3), OneCycle, ParameterGroup("3", LearningRateScale = 10), AdaptiveGradientClipping(Except = "3")]
        [Accumulate(4), WeightAverage, EarlyStopping(Metric.Accuracy), Checkpoint]
        public partial class Eventful;

        [Trainer<Net>(Backward = Backward.Autograd), CrossEntropy]
        [AdamW(1e-3, WeightDecay = 0.05, DecayVectors = false), Cosine(WarmupSamples = 10000, Minimum = 1e-5), Epochs(3)]
        public partial class Decaying;

        """;

    [Fact]
    public Task Recipes() => Verify.Snapshot(Declarations);

    [Fact]
    public Task Steps_that_are_not_finite() => Verify.Snapshot("""
        using Dsl;

        namespace Demo;

        [Model(784), Linear(256), ReLU, BatchNorm1d, Linear(10)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, Sgd(0.1), Accumulate(2), OnNonFinite(NonFinite.SkipStep), Epochs(3)]
        public partial class Skipping;

        [Trainer<Net>(Backward = Backward.Autograd), CrossEntropy(Weight = 1), Adam(1e-3), ClipGradNorm(1), WeightAverage]
        [EarlyStopping(Metric.Loss), OnNonFinite(NonFinite.RollBack), Epochs(3)]
        public partial class RollingBack;

        """);

    [Fact]
    public async Task Recipes_in_an_autograd_project_compile_and_know_no_derivative()
    {
        await Verify.Compiles(Declarations, ("build_property.DslBackward", "autograd"));
        Assert.All(Declared.Generate(Declarations, ("build_property.DslBackward", "autograd")),
            file => Assert.DoesNotContain("_backward(", file.Value));
    }

    [Fact]
    public void A_plain_recipe_updates_everything_in_one_pass()
    {
        foreach (var (name, file) in Declared.Generate(Samples.All).Where(file => file.Key.Contains(".Trainer.")))
        {
            Assert.DoesNotContain("UpdatePart", file);
            Assert.DoesNotContain("from, to", file);
            Assert.DoesNotContain("window", file);
            Assert.DoesNotContain("_average", file);
            Assert.DoesNotContain("checkpointPath", file);
            Assert.True(file.Split("i < parameters.Length").Length <= 2, name);
        }
    }
}
