using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of trainers with augmentation policies.</summary>
public class AugmentationCodeTests
{
    private const string Strong = Samples.Header + """
        [Model(3, 8, 8), Flatten, Linear(10)]
        public partial class Net;

        [Augmentation]
        [RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), HorizontalFlip, ColorJitter(Brightness = 0.4, Hue = 0.1), GaussianNoise(0.1)]
        [Cutout(3), Normalize(new[] { 0.5, 0.4, 0.3 }, new[] { 0.2, 0.25, 0.3 })]
        public partial class Strong;

        [Trainer<Net>, CrossEntropy, Augment<Strong>, Sgd(0.1), Epochs(1)]
        public partial class StrongTrainer;
        """;

    private const string Every = Samples.Header + """
        [Model(3, 20, 16), Flatten, Linear(10)]
        public partial class Net;

        [Augmentation]
        [VerticalFlip, RandomShear(10), RandomTranslation(0.1), RandomCrop(20, 16), RandomShift(2)]
        [ColorJitter(Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, Hue = 0.1), RandomErasing, RandAugment(2, 9), RandomShift(2)]
        [AutoContrast, Equalize, Posterize(4, Probability = 0.1), Solarize, Sharpness(2)]
        [HorizontalFlip, GaussianNoise(0.1, Clip = true), GaussianNoise(0.2), Cutout(3), Normalize(0.5, 0.25)]
        public partial class Everything;

        [Augmentation, Normalize(0.5, 0.25)]
        public partial class Fixed;

        [Trainer<Net>, CrossEntropy, MeanTeacher(RampUpSteps = 3), Augment<Everything>, Sgd(0.1), Steps(10)]
        public partial class EveryTrainer;

        [Trainer<Net>, CrossEntropy, Augment<Fixed>, Sgd(0.1), Steps(10)]
        public partial class FixedTrainer;

        [Model(1, 8, 8), Input("gate", 3), Flatten, Linear(3), Multiply("gate"), Output("Mean"), Softplus, Output("Scale")]
        public partial class Several;

        [Trainer<Several>, CrossEntropy(Of = "Mean"), Augment<Fixed>, Sgd(0.1), Steps(10)]
        public partial class SeveralTrainer;
        """;

    [Fact]
    public Task Strong_policy() => Verify.Snapshot(Strong);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public async Task Every_transformation_compiles_without_warnings(string backward)
    {
        await Verify.Compiles(Strong, ("build_property.DslBackward", backward));
        await Verify.Compiles(Every, ("build_property.DslBackward", backward));
    }

    [Fact]
    public void Unrelated_edits_run_nothing_again() => Verify.Cacheable(
        Strong + "\n[Block, ReLU] public partial class Unused; [Table] public partial record Row(float A);"
        + " [ImageFolder(3, 8, 8)] public partial record Picture([Label(\"a\", \"b\")] string Kind);");
}
