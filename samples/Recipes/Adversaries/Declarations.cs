using Dsl;

namespace Recipes.Adversaries;

/// <summary>Digits in [−1, 1] of 32 numbers of noise.</summary>
[Model(32), Linear(128), ReLU, Linear(256), ReLU, Linear(64), Tanh, Reshape(1, 8, 8)]
public partial class Painter;

/// <summary>Tells digits from those of the painter.</summary>
[Model(1, 8, 8), Flatten, Linear(256), LeakyReLU(0.2), Linear(128), LeakyReLU(0.2), Linear(1)]
public partial class Opponent;

/// <summary>The painter with the class of the digit behind its noise.</summary>
[Model(32), Input("digit", Elements = Elements.Index), Tag("noise"), From("digit"), Embedding(10, 16), Tag("which")]
[From("noise"), Concat("which"), Linear(128), ReLU, Linear(256), ReLU, Linear(64), Tanh, Reshape(1, 8, 8)]
public partial class LabelledPainter;

/// <summary>The opponent with the class behind the pixels.</summary>
[Model(1, 8, 8), Input("digit", Elements = Elements.Index), Flatten, Tag("pixels"), From("digit"), Embedding(10, 16)]
[Tag("which"), From("pixels"), Concat("which"), Linear(256), LeakyReLU(0.2), Linear(128), LeakyReLU(0.2), Linear(1)]
public partial class LabelledOpponent;

[Trainer<Painter>, Gan<Opponent>, BatchSize(64), Steps(6000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator")]
public partial class PainterTrainer;

[Trainer<Painter>, Gan<Opponent>(Loss = GanLoss.Hinge), BatchSize(64), Steps(6000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator")]
public partial class HingeTrainer;

[Trainer<Painter>, WganGp<Opponent>(CriticSteps = 2), BatchSize(64), Steps(12000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0, Beta2 = 0.9), Adam(2e-4, Beta1 = 0, Beta2 = 0.9, For = "Critic")]
public partial class WassersteinTrainer;

[Trainer<LabelledPainter>, Gan<LabelledOpponent>(Loss = GanLoss.Hinge, Label = "digit", Classes = 10)]
[BatchSize(64), Steps(6000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator")]
public partial class LabelledTrainer;

/// <summary>Digits in [−1, 1] to their inverses: what is dark becomes light.</summary>
[Model(1, 8, 8), Conv2d(16, 3, Padding = 1), ReLU, Conv2d(16, 3, Padding = 1), ReLU, Conv2d(1, 3, Padding = 1), Tanh]
public partial class Inverter;

/// <summary>Digits to turned ones, which no convolution alone can do.</summary>
[Model(1, 8, 8), Flatten, Linear(64), Tanh, Reshape(1, 8, 8)]
public partial class Turner;

/// <summary>Tells images of a domain from those that are mapped to it.</summary>
[Model(1, 8, 8), Conv2d(16, 3, Padding = 1), LeakyReLU(0.2), Conv2d(32, 3, Stride = 2, Padding = 1), LeakyReLU(0.2)]
[Flatten, Linear(1)]
public partial class Expert;

[Trainer<Inverter>, CycleGan<Expert, Expert, Inverter>(Identity = 0), BatchSize(32), Steps(2000)]
[Adam(1e-3, Beta1 = 0.5), Adam(1e-3, Beta1 = 0.5, For = "Discriminator")]
[Adam(1e-3, Beta1 = 0.5, For = "SourceDiscriminator")]
public partial class InverterTrainer;

[Trainer<Turner>, CycleGan<Expert, Expert, Turner>(Identity = 0), BatchSize(32), Steps(2000)]
[Adam(1e-3, Beta1 = 0.5), Adam(1e-3, Beta1 = 0.5, For = "Discriminator")]
[Adam(1e-3, Beta1 = 0.5, For = "SourceDiscriminator")]
public partial class TurnerTrainer;
