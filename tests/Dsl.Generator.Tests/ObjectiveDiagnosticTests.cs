using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of objectives: errors, and warnings beside which code is emitted all the same.</summary>
public class ObjectiveDiagnosticTests
{
    private const string Ten = "[Model(20), Linear(10)] public partial class Net;\n";

    [Theory]
    [InlineData("CrossEntropy, {|DSL413:MeanSquaredError|}")]
    [InlineData("L1, {|DSL413:BinaryCrossEntropy|}")]
    [InlineData("KlDivergence, {|DSL413:Focal|}")]
    [InlineData("MeanSquaredError({|DSL414:PerPosition = true|})")]
    [InlineData("CrossEntropy({|DSL416:ClassWeights = new[] { 1.0, 2.0 }|})")]
    [InlineData("Focal({|DSL416:ClassWeights = new double[0]|})")]
    [InlineData("MultiLabel({|DSL416:PositiveWeights = new[] { 1.0 }|})")]
    [InlineData("CrossEntropy({|DSL105:ClassWeights = new[] { 0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }|})")]
    [InlineData("CrossEntropy({|DSL105:ClassWeights = new[] { 1.0, -1 }|})")]
    [InlineData("CrossEntropy, ConfidencePenalty({|DSL417:Gamma = 2.31|})")]
    [InlineData("CrossEntropy, ConfidencePenalty(Gamma = 2.30)")]
    [InlineData("{|DSL418:ConfidencePenalty|}")]
    [InlineData("{|DSL418:ConfidencePenalty|}, {|DSL418:EntropyMinimization|}")]
    [InlineData("CrossEntropy({|DSL419:Smoothing = Smoothing.Unigram|})")]
    [InlineData("CrossEntropy(LabelSmoothing = 0.1, {|DSL419:ClassFrequencies = new[] { 1.0, 1, 1, 1, 1, 1, 1, 1, 1, 1 }|})")]
    [InlineData("TeacherFreeReg({|DSL420:Correct = 0.1|})")]
    [InlineData("TeacherFreeReg(Correct = 0.11)")]
    [InlineData("CrossEntropy({|DSL603:LabelSmoothing = 0.31|})")]
    [InlineData("CrossEntropy(LabelSmoothing = 0.3)")]
    [InlineData("Distill({|DSL605:Temperature = 0.5|})")]
    [InlineData("Distill({|DSL605:Temperature = 21|})")]
    [InlineData("Distill(Temperature = 20)")]
    [InlineData("CrossEntropy, ConfidencePenalty({|DSL606:Weight = 0|})")]
    [InlineData("Distill, {|DSL407:TeacherFreeSelf|}")]
    [InlineData("SoftBootstrap({|DSL105:Beta = 1.01|})")]
    [InlineData("DisturbLabel({|DSL105:Alpha = 1|})")]
    [InlineData("Huber({|DSL105:Delta = 0|})")]
    public Task On_ten_classes(string objectives) => Check(Ten, objectives);

    [Theory]
    [InlineData("{|DSL415:CrossEntropy|}")]
    [InlineData("{|DSL415:Distill|}")]
    [InlineData("{|DSL415:KlDivergence|}")]
    [InlineData("BinaryCrossEntropy")]
    [InlineData("Hinge")]
    public Task On_one_logit(string objective) => Check("[Model(20), Linear(1)] public partial class Net;\n", objective);

    [Theory]
    [InlineData("Softmax", "{|DSL601:CrossEntropy|}")]
    [InlineData("LogSoftmax", "{|DSL601:CrossEntropy|}")]
    [InlineData("LogSoftmax", "Nll")]
    [InlineData("Softmax", "{|DSL602:Nll|}")]
    [InlineData("Softmax", "{|DSL601:Distill|}")]
    [InlineData("Softmax", "{|DSL601:CrossEntropy|}, {|DSL601:ConfidencePenalty|}")]
    [InlineData("Softmax", "MeanSquaredError")]
    [InlineData("Sigmoid", "{|DSL604:MultiLabel|}")]
    [InlineData("Sigmoid", "{|DSL604:SigmoidFocal|}")]
    [InlineData("Sigmoid", "MeanSquaredError")]
    [InlineData("ReLU", "{|DSL607:CrossEntropy|}")]
    [InlineData("ReLU", "{|DSL607:MultiClassHinge|}")]
    [InlineData("ReLU", "L1")]
    [InlineData("Dropout(0.5)", "{|DSL608:CrossEntropy|}")]
    [InlineData("Softmax, Linear(10)", "CrossEntropy")]
    public Task By_the_last_layer(string last, string objectives) =>
        Check($"[Model(20), Linear(10), {last}] public partial class Net;\n", objectives);

    [Fact]
    public Task By_the_layer_that_a_tag_marks() => Check(
        "[Model(20), Linear(4), Softmax, Tag(\"early\"), Linear(10)] public partial class Net;\n",
        "CrossEntropy, {|DSL601:CrossEntropy(Of = \"early\")|}");

    [Fact]
    public Task Labels_of_several_numbers_each_are_rows() => Check(
        "[Model(3, 8, 8), Conv2d(4, 1)] public partial class Net;\n", "{|DSL404:MultiLabel|}");

    [Fact]
    public Task A_ramp_of_a_penalty_is_not_longer_than_the_run() =>
        Check(Ten, "CrossEntropy, ConfidencePenalty({|DSL507:RampUpEpochs = 11|})");

    [Fact]
    public Task Unlabelled_entropy_needs_one_input() => Verify.Diagnostics("""
        using Dsl;
        [Model(4), Input("gate", 4), Multiply("gate"), Linear(3)] public partial class Net;
        [Trainer<Net>, CrossEntropy, {|DSL408:EntropyMinimization|}, Sgd(0.1)] public partial class NetTrainer;
        """);

    [Fact]
    public Task The_threshold_is_compared_with_the_largest_entropy() => Verify.Message(
        Source(Ten, "CrossEntropy, ConfidencePenalty({|DSL417:Gamma = 3|})"),
        "Gamma = 3 is above log 10 = 2.3026, the largest entropy of 10 classes: "
        + "choose less, or leave it out to reward all entropy");

    [Fact]
    public Task Smoothing_says_what_is_left() => Verify.Message(
        Source(Ten, "CrossEntropy({|DSL603:LabelSmoothing = 0.5|})"),
        "LabelSmoothing = 0.5 leaves the true class a target of 0.5 + 0.5/10; the literature uses 0.1, at most 0.3");

    [Fact]
    public async Task A_warning_keeps_nothing_from_being_emitted()
    {
        await Verify.Reports(
            Source(Ten, "CrossEntropy({|#0:LabelSmoothing = 0.5|})"),
            DiagnosticResult.CompilerWarning("DSL603").WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        Assert.Contains("NetTrainer.Trainer.g.cs", Declared.Generate(Source(Ten, "CrossEntropy(LabelSmoothing = 0.5)")).Keys);
    }

    [Fact]
    public Task A_warning_can_be_disabled_where_it_is_meant() => Verify.Diagnostics(
        Source(Ten, "CrossEntropy(LabelSmoothing = 0.5)").Replace("[Trainer", "#pragma warning disable DSL603\n[Trainer"));

    private static string Source(string model, string objectives) =>
        $"using Dsl;\n{model}[Trainer<Net>, {objectives}, Sgd(0.1), Epochs(10)] public partial class NetTrainer;\n";

    private static Task Check(string model, string objectives) => Verify.Diagnostics(Source(model, objectives));
}
