namespace Dsl.Tests.Mamls;

[Model(1), Linear(40), ReLU, Linear(40), ReLU, Linear(1)]
public partial class Wave;

[Model(2), Linear(16), Tanh, Tag("hidden"), Linear(3)]
public partial class Classes;

[Model(1, 8, 8), Conv2d(4, 3, Padding = 1), GroupNorm(2), ReLU, MaxPool2d(2), Flatten, Linear(3)]
public partial class Pictures;

[Trainer<Wave>, MeanSquaredError, Maml(InnerRate = 0.02), Adam(3e-3), BatchSize(8), Steps(500)]
public partial class WaveTrainer;

[Trainer<Wave>, MeanSquaredError, Maml(InnerRate = 0.02, FirstOrder = true), Adam(3e-3), BatchSize(8), Steps(500)]
public partial class FirstOrderWaveTrainer;

[Trainer<Classes>, CrossEntropy(LabelSmoothing = 0.1), Maml(InnerRate = 0.1, InnerSteps = 2), AdamW(1e-2), BatchSize(4)]
[Steps(12), Cosine, ClipGradNorm(1), WeightAverage(Decay = 0.9), OnNonFinite(NonFinite.SkipStep)]
public partial class ClassesTrainer;

[Trainer<Pictures>, CrossEntropy, Maml(InnerRate = 0.1), Adam(1e-3), BatchSize(4), Epochs(2)]
public partial class PicturesTrainer;
