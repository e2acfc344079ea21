using Dsl;

namespace Recipes.Generation;

/// <summary>Tells noise from digits at each of 100 levels, an embedding for each level.</summary>
[Model(1, 8, 8), Input("time", Elements = Elements.Index), Flatten, Tag("noisy")]
[From("time"), Embedding(100, 64), Tag("level")]
[From("noisy"), Concat("level"), Linear(256), SiLU, Linear(256), SiLU, Linear(64), Reshape(1, 8, 8)]
public partial class Denoiser;

/// <summary>The velocity at which noise flows to digits, of the same size.</summary>
[Model(1, 8, 8), Input("time"), Flatten, Tag("between")]
[From("time"), TimestepEmbedding(64, Scale = 1000), Tag("when")]
[From("between"), Concat("when"), Linear(256), SiLU, Linear(256), SiLU, Linear(64), Reshape(1, 8, 8)]
public partial class Velocity;

/// <summary>The demo's convolutional network, which judges samples.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Tag("features"), Linear(10)]
public partial class Judge;

[Trainer<Denoiser>, Diffusion(Levels = 100, FirstBeta = 1e-3, LastBeta = 0.2)]
[Adam(1e-3), Steps(3000), BatchSize(128)]
public partial class DiffusionTrainer;

[Trainer<Denoiser>, Diffusion(Levels = 100, FirstBeta = 1e-3, LastBeta = 0.2, Clip = 1)]
[Adam(1e-3), WeightAverage(Decay = 0.995), Steps(3000), BatchSize(128)]
public partial class AveragedDiffusionTrainer;

[Trainer<Velocity>, FlowMatching]
[Adam(1e-3), Steps(3000), BatchSize(128)]
public partial class FlowTrainer;

[Trainer<Judge>, CrossEntropy, Adam(1e-3), Epochs(20), BatchSize(64, DropLast = true)]
public partial class JudgeTrainer;

/// <summary>Digits in [−1, 1] of 32 numbers of noise, of 4 x 4 pixels first.</summary>
[Model(32), Linear(512), Reshape(32, 4, 4), LeakyReLU(0.2), Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), Tag("at4"), Conv2d(1, 1)]
[Upsample(2), Tag("from4"), From("at4"), Upsample(2), Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), Conv2d(1, 1)]
[FadeIn("from4", 1), Tanh]
public partial class GrowingPainter;

/// <summary>Tells digits from those of the painter, of the same sizes.</summary>
[Model(1, 8, 8), Tag("at8"), AvgPool2d(2), Conv2d(32, 1), LeakyReLU(0.2), Tag("read4"), From("at8"), Conv2d(32, 1)]
[LeakyReLU(0.2), Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2), FadeIn("read4", 1)]
[Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), Flatten, Linear(1)]
public partial class GrowingOpponent;

/// <summary>The painter as it is when it has grown.</summary>
[Model(32), Linear(512), Reshape(32, 4, 4), LeakyReLU(0.2), Conv2d(32, 3, Padding = 1), LeakyReLU(0.2)]
[Upsample(2), Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), Conv2d(1, 1), Tanh]
public partial class GrownPainter;

/// <summary>The opponent as it is when it has grown.</summary>
[Model(1, 8, 8), Conv2d(32, 1), LeakyReLU(0.2), Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2)]
[Conv2d(32, 3, Padding = 1), LeakyReLU(0.2), Flatten, Linear(1)]
public partial class GrownOpponent;

[Trainer<GrowingPainter>, Gan<GrowingOpponent>, ProgressiveGrowing(hold: 1000, fade: 1000), BatchSize(64), Steps(4000)]
[Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator"), WeightAverage(Decay = 0.995)]
public partial class GrowingTrainer;

[Trainer<GrownPainter>, Gan<GrownOpponent>, BatchSize(64), Steps(4000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator")]
public partial class GrownTrainer;
