namespace Dsl.Tests.Diffusions;

[Model(10), Input("time", Elements = Elements.Index), Tag("noisy")]
[From("time"), TimestepEmbedding(8), Linear(6), Tanh, Tag("level")]
[From("noisy"), Concat("level"), Linear(12), Tanh, Linear(10)]
public partial class Mlp;

[Model(2, 4, 4), Input("time", Elements = Elements.Index), Tag("noisy")]
[From("time"), TimestepEmbedding(8), Linear(6), Tag("level")]
[From("noisy"), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, FiLM("level"), Tanh, Conv2d(2, 3, Padding = 1)]
public partial class Cnn;

[Model(10), Input("time", Elements = Elements.Index), Input("digit", Elements = Elements.Index), Tag("noisy")]
[From("time"), TimestepEmbedding(8), Tag("level")]
[From("digit"), Embedding(4, 5), Concat("level"), Linear(6), Tanh, Tag("both")]
[From("noisy"), Concat("both"), Linear(12), Tanh, Linear(10)]
public partial class Labelled;

[Trainer<Mlp>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6), Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class NoiseMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class NoiseMlpAutograd;

[Trainer<Cnn>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Variance = SamplingVariance.Posterior)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class NoiseCnn;

[Trainer<Cnn>(Backward = Backward.Autograd)]
[Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Variance = SamplingVariance.Posterior)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class NoiseCnnAutograd;

[Trainer<Mlp>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, MinSnr = 2), Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class NoiseMinSnr;

[Trainer<Mlp>, Diffusion(Levels = 12, Schedule = NoiseSchedule.Cosine, Target = DiffusionTarget.Sample)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class SampleCosine;

[Trainer<Mlp>(Backward = Backward.Autograd)]
[Diffusion(Levels = 12, Schedule = NoiseSchedule.Cosine, Target = DiffusionTarget.Sample)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class SampleCosineAutograd;

[Trainer<Mlp>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Target = DiffusionTarget.Sample, MinSnr = 2, Clip = 0.5)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class SampleMinSnr;

[Trainer<Mlp>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Target = DiffusionTarget.Velocity)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class Velocity;

[Trainer<Mlp>(Backward = Backward.Autograd)]
[Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Target = DiffusionTarget.Velocity, MinSnr = 2, Clip = 0.5)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class VelocityMinSnrAutograd;

[Trainer<Labelled>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class ByLabel;

[Trainer<Labelled>(Backward = Backward.Autograd)]
[Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class ByLabelAutograd;

[Trainer<Mlp>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, MinSnr = 2), Accumulate(2)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class Accumulated;

[Trainer<Cnn>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6), WeightAverage(Decay = 0.5), BatchSize(8), Epochs(2)]
[Adam(1e-2)]
public partial class Averaged;

[Trainer<Labelled>, Diffusion(Levels = 12, FirstBeta = 0.02, LastBeta = 0.6, Label = "digit", Classes = 3)]
[BatchSize(8), Epochs(2), Adam(1e-2)]
public partial class LabelledEpochs;
