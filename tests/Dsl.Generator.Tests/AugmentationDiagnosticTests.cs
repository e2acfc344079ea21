using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of augmentation policies: in themselves, and against the images of a trainer.</summary>
public class AugmentationDiagnosticTests
{
    [Theory]
    [InlineData("RandomScale({|DSL421:1.2|}, 0.8)")]
    [InlineData("RandomErasing({|DSL421:MinArea = 0.5|})")]
    [InlineData("RandomErasing({|DSL421:MaxArea = 0.01|})")]
    [InlineData("RandomErasing({|DSL421:MinRatio = 2|}, MaxRatio = 1)")]
    [InlineData("{|DSL422:ColorJitter|}")]
    [InlineData("Normalize(0.5, 0.5), {|DSL423:ColorJitter(Brightness = 0.2)|}")]
    [InlineData("Normalize(0.5, 0.5), {|DSL423:GaussianNoise(0.1, Clip = true)|}, {|DSL423:RandAugment|}")]
    [InlineData("Normalize(new[] { 0.5, 0.4 }, {|DSL427:new[] { 0.2 }|})")]
    [InlineData("Normalize(0.5, {|DSL105:0|})")]
    [InlineData("Normalize(new[] { 0.5, 0.4 }, {|DSL105:new[] { 0.2, -1 }|})")]
    [InlineData("HorizontalFlip({|DSL105:Probability = 1.5|})")]
    [InlineData("ColorJitter({|DSL105:Hue = 0.6|})")]
    [InlineData("RandomRotation({|DSL105:0|})")]
    [InlineData(
        "Normalize(0.5, 0.5), {|DSL423:Equalize|}, {|DSL423:Posterize(4)|}, {|DSL423:Solarize|}, {|DSL423:AutoContrast|}, "
        + "{|DSL423:Sharpness(2)|}")]
    [InlineData("Posterize({|DSL105:8|})")]
    [InlineData("Posterize({|DSL105:0|})")]
    [InlineData("Solarize({|DSL105:1.5|})")]
    [InlineData("Equalize({|DSL105:Probability = 2|})")]
    [InlineData("Sharpness({|DSL105:-1|})")]
    [InlineData("Sharpness({|DSL461:1|})")]
    [InlineData("RandAugment(2, {|DSL105:31|})")]
    [InlineData("Normalize(0.5, 0.5), GaussianNoise(0.1), Cutout(3)")]
    public Task A_policy(string transformations) => Verify.Diagnostics($$"""
        using Dsl;
        [Augmentation, {{transformations}}]
        public partial class Policy;
        """);

    [Theory]
    [InlineData("Cutout(9)", "{|DSL424:Augment<Policy>|}")]
    [InlineData("RandomCrop(10)", "{|DSL425:Augment<Policy>|}")]
    [InlineData("RandomCrop(10, 8)", "{|DSL425:Augment<Policy>|}")]
    [InlineData("RandomCrop(8, 10, Padding = 8)", "{|DSL429:Augment<Policy>|}")]
    [InlineData("RandomShift(8)", "{|DSL429:Augment<Policy>|}")]
    [InlineData("ColorJitter(Saturation = 0.1)", "{|DSL426:Augment<Policy>|}")]
    [InlineData("ColorJitter(Hue = 0.1)", "{|DSL426:Augment<Policy>|}")]
    [InlineData("Normalize(new[] { 0.5, 0.4, 0.3 }, new[] { 0.2, 0.2, 0.2 })", "{|DSL427:Augment<Policy>|}")]
    [InlineData("AutoContrast, Equalize", "{|DSL460:Augment<Policy>|}")]
    [InlineData("RandomShift(7), RandomCrop(8, 10), Cutout(8), Normalize(0.5, 0.5), RandomErasing", "Augment<Policy>")]
    public Task A_policy_on_grey_images(string transformations, string use) =>
        Used("[Model(1, 8, 10), Flatten, Linear(3)]", transformations, "CrossEntropy", use);

    [Theory]
    [InlineData(16, 16, "Augment<Policy>")]
    [InlineData(15, 17, "{|DSL460:Augment<Policy>|}")]
    public Task A_policy_that_equalizes(int height, int width, string use) =>
        Used($"[Model(3, {height}, {width}), Flatten, Linear(3)]", "Equalize", "CrossEntropy", use);

    [Theory]
    [InlineData("RandAugment", "{|DSL426:Augment<Policy>|}")]
    [InlineData("ColorJitter(Contrast = 0.1)", "{|DSL426:Augment<Policy>|}")]
    [InlineData("ColorJitter(Brightness = 0.1)", "Augment<Policy>")]
    public Task A_policy_on_two_channels(string transformations, string use) =>
        Used("[Model(2, 8, 8), Flatten, Linear(3)]", transformations, "CrossEntropy", use);

    [Theory]
    [InlineData("RandomRotation(20)", "{|DSL428:Augment<Policy>|}")]
    [InlineData("HorizontalFlip", "{|DSL428:Augment<Policy>|}")]
    [InlineData("RandAugment", "{|DSL428:Augment<Policy>|}")]
    [InlineData("ColorJitter(Brightness = 0.1), GaussianNoise(0.1), Cutout(2)", "Augment<Policy>")]
    public Task A_policy_on_images_with_a_label_for_each_pixel(string transformations, string use) =>
        Used("[Model(1, 8, 8), Conv2d(3, 1)]", transformations, "CrossEntropy(PerPosition = true)", use);

    [Fact]
    public Task The_argument_is_the_second_place() => Verify.Reports(
        """
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(3)]
        public partial class Net;
        [Augmentation, Cutout({|#1:9|})]
        public partial class Policy;
        [Trainer<Net>, CrossEntropy, {|#0:Augment<Policy>|}, Sgd(0.1)]
        public partial class NetTrainer;
        """,
        Verify.Of("DSL424").WithLocation(0).WithLocation(1)
            .WithMessage("Length = 9 of [Cutout] does not fit the input [N, 1, 8, 8] of 'Net': give at most 8"));

    private static Task Used(string model, string transformations, string objective, string use) => Verify.Diagnostics($$"""
        using Dsl;
        {{model}}
        public partial class Net;

        [Augmentation, {{transformations}}]
        public partial class Policy;

        [Trainer<Net>, {{objective}}, {{use}}, Sgd(0.1)]
        public partial class NetTrainer;
        """);
}
