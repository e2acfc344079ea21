using Xunit;

namespace Dsl.Generator.Tests;

public class LongTailDiagnosticTests
{
    [Theory]
    [InlineData("CrossEntropy(ClassBalance = 0.99)")]
    [InlineData("CrossEntropy(ClassBalance = 1, ClassCounts = new[] { 9.0, 5, 2 }, DeferEpochs = 10)")]
    [InlineData("CrossEntropy(ClassWeights = new[] { 9.0, 5, 2 }, DeferSteps = 100)")]
    [InlineData("CrossEntropy({|DSL105:ClassBalance = 1.5|})")]
    [InlineData("CrossEntropy(ClassWeights = new[] { 1.0, 2, 3 }, {|DSL541:ClassBalance = 0.9|})")]
    [InlineData("Focal({|DSL419:ClassCounts = new[] { 9.0, 5, 2 }|})")]
    [InlineData("Focal(ClassBalance = 0.9, {|DSL416:ClassCounts = new[] { 9.0, 5 }|})")]
    [InlineData("Focal({|DSL419:DeferEpochs = 2|})")]
    [InlineData("CrossEntropy(ClassBalance = 0.9, {|DSL521:DeferEpochs = 20|})")]
    [InlineData("CrossEntropy(ClassBalance = 0.9, DeferEpochs = 2, {|DSL504:DeferSteps = 3|})")]
    [InlineData("MultiClassHinge(ClassBalance = 0.9)")]
    public Task Weights(string objective) => Check(objective);

    [Theory]
    [InlineData("CrossEntropy(LogitAdjustment = 1)")]
    [InlineData("CrossEntropy(LogitAdjustment = 1, ClassCounts = new[] { 9.0, 5, 2 })")]
    [InlineData("CrossEntropy({|DSL105:LogitAdjustment = -1|})")]
    [InlineData("CrossEntropy(LogitAdjustment = 1, {|DSL105:ClassCounts = new[] { 9.0, 0, 2 }|})")]
    [InlineData("Ldam")]
    [InlineData("Ldam(ClassBalance = 0.9, DeferEpochs = 8)")]
    [InlineData("Ldam({|DSL105:MaxMargin = 0|})")]
    [InlineData("Ldam({|DSL105:Scale = 0|})")]
    [InlineData("Ldam({|DSL105:ClassCounts = new[] { 9.0, 0, 2 }|})")]
    [InlineData("CrossEntropy(LogitAdjustment = 1), {|DSL480:Maml|}")]
    public Task Adjustments_and_margins(string objective) => Check(objective);

    [Theory]
    [InlineData("CrossEntropy, ClassSampling")]
    [InlineData("CrossEntropy, ClassSampling(0.5, Progressive = true)")]
    [InlineData("CrossEntropy, ClassSampling({|DSL105:1.5|})")]
    [InlineData("MeanSquaredError, {|DSL480:ClassSampling|}")]
    [InlineData("CrossEntropy, SamplesPerClass(4), {|DSL540:ClassSampling|}")]
    [InlineData("CrossEntropy, ClassSampling(0.5), PseudoLabel, Accumulate(2)")]
    public Task Samplers(string parts) => Check(parts);

    private static Task Check(string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, CosineLinear(3)]
        public partial class Net;
        [Trainer<Net>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}
