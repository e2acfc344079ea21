namespace Dsl.Tests.ScheduledText;

[Model(4, Elements = Elements.Index), Embedding(7, 5), Gru(6), Linear(7)]
public partial class Writer;

[Trainer<Writer>, CrossEntropy(PerPosition = true), ScheduledSampling(SamplingDecay.InverseSigmoid, 100, Passes = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class Sequential;

[Trainer<Writer>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.InverseSigmoid, 100, Passes = 3), Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class SequentialAutograd;

[Trainer<Writer>, CrossEntropy(PerPosition = true), ScheduledSampling(SamplingDecay.Exponential, 0.9)]
[Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class Once;

[Trainer<Writer>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.Exponential, 0.9), Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class OnceAutograd;

[Trainer<Writer>, CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.Linear, 1, Slope = 0.25, Minimum = 0.4, Greedy = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class Likeliest;

[Trainer<Writer>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.Linear, 1, Slope = 0.25, Minimum = 0.4, Greedy = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class LikeliestAutograd;

// From a source of three tokens to a target of four.
[Model(3, Elements = Elements.Index), Input("target", 4, Elements = Elements.Index)]
[Embedding(9, 4), Tag("source")]
[From("target"), Embedding(7, 4), Gru(4), CrossAttention(1, Context = "source"), Linear(7)]
public partial class SmallTranslator;

[Trainer<SmallTranslator>, CrossEntropy(PerPosition = true), Sgd(0.1), BatchSize(6), Steps(3)]
public partial class Forced;

[Trainer<SmallTranslator>, CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.Exponential, 0.9, Input = "target"), Sgd(0.1), BatchSize(6), Steps(3)]
public partial class Scheduled;

[Trainer<SmallTranslator>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.Exponential, 0.9, Input = "target"), Sgd(0.1), BatchSize(6), Steps(3)]
public partial class ScheduledAutograd;

// Learns to turn a sequence of four tokens round; token 0 begins and 1 ends.
[Model(4, Elements = Elements.Index), Input("target", 5, Elements = Elements.Index)]
[Embedding(8, 24), PositionalEmbedding, Tag("source")]
[From("target"), Embedding(8, 24), PositionalEmbedding, Gru(24), CrossAttention(2, Context = "source"), Linear(8)]
public partial class Reverser;

[Trainer<Reverser>, CrossEntropy(PerPosition = true)]
[ScheduledSampling(SamplingDecay.InverseSigmoid, 80, Input = "target"), Adam(1e-2), BatchSize(32), Steps(500)]
public partial class ReverserTrainer;
