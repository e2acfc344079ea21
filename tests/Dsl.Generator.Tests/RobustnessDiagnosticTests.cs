using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of training on attacked inputs.</summary>
public class RobustnessDiagnosticTests
{
    private const string Parts = """
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(10)]
        public partial class Net;

        """;

    [Theory]
    [InlineData("CrossEntropy, AdversarialTraining")]
    [InlineData("CrossEntropy(LabelSmoothing = 0.1), AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.3, CleanShare = 0.5)")]
    [InlineData("CrossEntropy, Trades, TrainingAccuracy")]
    [InlineData("MeanSquaredError, AdversarialTraining(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.2), Accumulate(2)")]
    [InlineData("{|DSL402:AdversarialTraining|}")]
    [InlineData("MeanSquaredError, Trades")]
    [InlineData("CrossEntropy, AdversarialTraining({|DSL105:Epsilon = 0|})")]
    [InlineData("CrossEntropy, AdversarialTraining({|DSL105:Steps = 0|})")]
    [InlineData("CrossEntropy, AdversarialTraining({|DSL105:CleanShare = 1|})")]
    [InlineData("CrossEntropy, AdversarialTraining({|DSL480:StepSize = 0.001|})")]
    [InlineData("CrossEntropy, AdversarialTraining({|DSL480:Epsilon = 0.3|})")]
    [InlineData("CrossEntropy, Trades({|DSL480:Minimum = 1|})")]
    [InlineData("CrossEntropy, AdversarialTraining(Attack = Attack.Fgsm, {|DSL480:StepSize = 0.1|})")]
    [InlineData("CrossEntropy, AdversarialTraining(Attack = Attack.Fgsm, {|DSL480:RandomStart = true|})")]
    [InlineData("CrossEntropy, ConfidencePenalty, {|DSL480:AdversarialTraining|}")]
    [InlineData("CrossEntropy, AdversarialTraining, {|DSL403:Trades|}")]
    [InlineData("CrossEntropy, Mixup, {|DSL403:Trades|}")]
    public Task A_scheme(string parts) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Trainer<Net>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("{|DSL480:AdversarialTraining|}")]
    [InlineData("{|DSL480:Trades|}")]
    public Task Tokens(string scheme) => Verify.Diagnostics("using Dsl;\n" + $$"""
        [Model(12, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(10)]
        public partial class Reader;
        [Trainer<Reader>, CrossEntropy, {{scheme}}, Adam(1e-3), Epochs(10)]
        public partial class ReaderTrainer;
        """);
}
