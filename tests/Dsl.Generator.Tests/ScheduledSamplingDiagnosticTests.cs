using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of scheduled sampling: what the network takes and gives, and how the share falls.</summary>
public class ScheduledSamplingDiagnosticTests
{
    [Theory]
    [InlineData("Writer", "ScheduledSampling(SamplingDecay.Exponential, 0.999)")]
    [InlineData("Writer", "ScheduledSampling(SamplingDecay.Linear, 1, Slope = 1e-4, Minimum = 0.2), Accumulate(2)")]
    [InlineData("Writer", "ScheduledSampling(SamplingDecay.InverseSigmoid, 1000, Greedy = true, Passes = 3), WeightAverage")]
    [InlineData("Translator", "ScheduledSampling(SamplingDecay.InverseSigmoid, 1000, Input = \"target\")")]
    [InlineData("Writer", "{|DSL480:ScheduledSampling(SamplingDecay.Exponential, 1)|}")]
    [InlineData("Writer", "{|DSL480:ScheduledSampling(SamplingDecay.Linear, 1)|}")]
    [InlineData("Writer", "{|DSL480:ScheduledSampling(SamplingDecay.Linear, 2, Slope = 0.1)|}")]
    [InlineData("Writer", "{|DSL480:ScheduledSampling(SamplingDecay.InverseSigmoid, 0.5)|}")]
    [InlineData("Writer", "ScheduledSampling(SamplingDecay.Exponential, {|DSL105:0|})")]
    [InlineData("Writer", "ScheduledSampling(SamplingDecay.Exponential, 0.9, {|DSL105:Passes = 0|})")]
    [InlineData("Writer", "ScheduledSampling(SamplingDecay.Exponential, 0.9, {|DSL480:Input = \"target\"|})")]
    [InlineData("Real", "{|DSL480:ScheduledSampling(SamplingDecay.Exponential, 0.9)|}")]
    public Task Samplings(string model, string parts) => Verify.Diagnostics($$"""
        using Dsl;

        [Model(4, Elements = Elements.Index), Embedding(7, 5), Gru(6), Linear(7)]
        public partial class Writer;

        [Model(3, Elements = Elements.Index), Input("target", 4, Elements = Elements.Index)]
        [Embedding(9, 4), Tag("source"), From("target"), Embedding(7, 4), Gru(4), CrossAttention(1, Context = "source")]
        [Linear(7)]
        public partial class Translator;

        [Model(4, 5), Gru(6), Linear(7)]
        public partial class Real;

        [Trainer<{{model}}>, CrossEntropy(PerPosition = true), {{parts}}, Adam(1e-3), BatchSize(8), Epochs(2)]
        public partial class WriterTrainer;
        """);
}
