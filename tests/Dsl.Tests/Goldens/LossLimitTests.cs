using System.Globalization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Where one objective becomes another, losses and gradients are the same, in both targets.</summary>
public class LossLimitTests
{
    private static readonly Dictionary<string, Tensor> Tensors = Sample();

    [Theory]
    [InlineData("FocalLoss", "FocalGamma=0", "Plain", "", 1.0)]
    [InlineData("Smoothing", "CrossEntropyLabelSmoothing=0", "Plain", "", 1.0)]
    [InlineData("Soft", "SoftBootstrapBeta=1", "Plain", "", 1.0)]
    [InlineData("Hard", "HardBootstrapBeta=1", "Plain", "", 1.0)]
    [InlineData("Disturbed", "DisturbLabelAlpha=0", "Plain", "", 1.0)]
    [InlineData("Penalty", "ConfidencePenaltyBeta=0", "Plain", "", 1.0)]
    [InlineData("Penalty", "ConfidencePenaltyWeight=0", "Plain", "", 1.0)]
    [InlineData("PenaltyThreshold", "ConfidencePenaltyGamma=0", "Plain", "", 1.0)]
    [InlineData("Minimization", "EntropyMinimizationWeight=0", "Plain", "", 1.0)]
    [InlineData("SelfTeaching", "TeacherFreeSelfWeight=0", "Plain", "", 1.0)]
    public void Of_classes(string first, string firstSettings, string second, string secondSettings, double factor) =>
        Equal(first, firstSettings, second, secondSettings, factor, "classes");

    [Theory]
    [InlineData("BinaryFocal", "SigmoidFocalGamma=0 SigmoidFocalAlpha=0.5", "Binary", "", 0.5)]
    [InlineData("BinaryWeighted", "BinaryCrossEntropyPositiveWeight=1", "Binary", "", 1.0)]
    [InlineData("Labels", "", "Binary", "", 1.0)]
    public void Of_yes_and_no(string first, string firstSettings, string second, string secondSettings, double factor) =>
        Equal(first, firstSettings, second, secondSettings, factor, "yes");

    [Theory]
    [InlineData("HuberError", "HuberDelta=1000", "Squared", "", 0.5)]
    [InlineData("HuberError", "HuberDelta=0.7", "SmoothError", "SmoothL1Beta=0.7", 0.7)]
    [InlineData("SmoothError", "SmoothL1Beta=1e-6", "AbsoluteError", "", 1.0)]
    public void Of_real_numbers(string first, string firstSettings, string second, string secondSettings, double factor) =>
        Equal(first, firstSettings, second, secondSettings, factor, "real");

    [Theory, InlineData("Explicit"), InlineData("Autograd")]
    public void A_divergence_from_the_prediction_itself_is_zero(string target)
    {
        using var run = Run("Distribution" + target, "", nn.functional.softmax(Tensors["logits"], 1));
        Assert.Equal(0, run["Total"].ToDouble(), 2e-6);
        Assert.True(run.Gradient.abs().max().ToDouble() < 1e-7);
    }

    [Theory, InlineData("Explicit"), InlineData("Autograd")]
    public void A_divergence_from_a_class_is_its_cross_entropy(string target)
    {
        using var run = Run("Distribution" + target, "", nn.functional.one_hot(Tensors["classes"], 10).to(ScalarType.Float32));
        using var plain = Run("Plain" + target, "", Tensors["classes"]);
        Close.To(plain["Total"], run["Total"], "loss");
        Close.To(plain.Gradient, run.Gradient, "gradient");
    }

    /// <summary>At temperature 1 the virtual teacher is a smoothed label, whose ε also counts the true class: ε = (1 − a)·K/(K
    /// − 1).</summary>
    [Theory, InlineData("Explicit"), InlineData("Autograd")]
    public void A_virtual_teacher_of_temperature_1_smooths_labels(string target)
    {
        using var taught = Run(
            "VirtualTeaching" + target, "TeacherFreeRegCorrect=0.91 TeacherFreeRegTemperature=1", Tensors["classes"]);
        using var smoothed = Run("Smoothing" + target, "CrossEntropyLabelSmoothing=0.1", Tensors["classes"]);
        Close.To(smoothed.Gradient, taught.Gradient, "gradient");
    }

    [Theory, InlineData("Explicit"), InlineData("Autograd")]
    public void An_infinitely_warm_virtual_teacher_is_uniform(string target)
    {
        using var taught = Run("VirtualTeaching" + target, "TeacherFreeRegTemperature=1e12", Tensors["classes"]);
        using var uniform = Run("Distribution" + target, "", full([8, 10], 0.1));
        Close.To(uniform["Total"], taught["Total"], "loss");
        Close.To(uniform.Gradient, taught.Gradient, "gradient");
    }

    [Theory, InlineData("Explicit"), InlineData("Autograd")]
    public void A_penalty_below_the_largest_entropy_has_the_gradient_of_the_plain_one(string target)
    {
        using var threshold = Run("PenaltyThreshold" + target, "ConfidencePenaltyGamma=2.302585092994046", Tensors["classes"]);
        using var plain = Run("Penalty" + target, "", Tensors["classes"]);
        Close.To(plain.Gradient, threshold.Gradient, "gradient");
    }

    [Theory, InlineData("Explicit"), InlineData("Autograd")]
    public void A_trusted_prediction_alone_has_its_entropy_as_loss(string target)
    {
        using var soft = Run("Soft" + target, "SoftBootstrapBeta=0", Tensors["classes"]);
        var p = nn.functional.softmax(Tensors["logits"], 1);
        Close.To(-(p * p.log()).sum(1).mean(), soft["Total"], "loss");
    }

    /// <summary>The mean over many draws approaches label smoothing with ε = α (Xie et al. 2016, section 3.2).</summary>
    [Fact]
    public void Disturbed_labels_are_smoothed_labels_on_average()
    {
        manual_seed(5);
        using var smoothed = Run("SmoothingExplicit", "CrossEntropyLabelSmoothing=0.4", Tensors["classes"]);
        double sum = 0;
        const int Rounds = 400;
        for (int i = 0; i < Rounds; i++)
        {
            var drawn = new Dictionary<string, Tensor>(Tensors)
            {
                ["draw.DisturbLabelChance"] = randint(0, 1 << 24, new long[] { 8, 1 }, ScalarType.Int64),
                ["draw.DisturbLabelClass"] = randint(0, 10, new long[] { 8, 1 }, ScalarType.Int64),
            };
            using var run = new LossRun(
                "DisturbedExplicit", name => drawn[name == "labels" ? "classes" : name], Settings("DisturbLabelAlpha=0.4"));
            sum += run["Total"].ToDouble();
        }

        // A row's loss moves by a few nats at random: the mean of 3,200 of them by about 0.04.
        Assert.Equal(smoothed["Total"].ToDouble(), sum / Rounds, 0.12);
    }

    private static void Equal(
        string first, string firstSettings, string second, string secondSettings, double factor, string labels)
    {
        foreach (string target in new[] { "Explicit", "Autograd" })
        {
            using var run = Run(first + target, firstSettings, Tensors[labels]);
            using var limit = Run(second + target, secondSettings, Tensors[labels]);
            Close.To(limit["Total"] * factor, run["Total"], $"{first}: loss");
            Close.To(limit.Gradient * factor, run.Gradient, $"{first}: gradient");
        }
    }

    private static LossRun Run(string trainer, string settings, Tensor labels) =>
        new(trainer, name => name == "labels" ? labels : Tensors[name], Settings(settings));

    private static IEnumerable<KeyValuePair<string, string>> Settings(string settings) => settings
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('='))
        .Select(parts => KeyValuePair.Create(
            parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)));

    private static Dictionary<string, Tensor> Sample()
    {
        manual_seed(19);
        return new()
        {
            ["logits"] = randn(8, 10) * 2,
            ["teacher_logits"] = randn(8, 10),
            ["classes"] = randint(0, 10, new long[] { 8 }, ScalarType.Int64),
            ["yes"] = randint(0, 2, new long[] { 8, 10 }, ScalarType.Int64).to(ScalarType.Float32),
            ["real"] = randn(8, 10) * 2,
            ["draw.DisturbLabelChance"] = randint(0, 1 << 24, new long[] { 8, 1 }, ScalarType.Int64),
            ["draw.DisturbLabelClass"] = randint(0, 10, new long[] { 8, 1 }, ScalarType.Int64),
        };
    }
}
