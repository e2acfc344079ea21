namespace Dsl.Tests.Samples;

/// <summary>The benchmark's network for Mean Teacher, without dropout.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class QuietTeacher;

[Augmentation, RandomShift(1)]
public partial class QuietShift;

[Trainer<QuietTeacher>, CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 20, RampUpSteps = 240), Augment<QuietShift>]
[Adam(2e-3), Cosine, Steps(1_000_000), BatchSize(32, Unlabeled = 64)]
public partial class QuietExplicit;

[Trainer<QuietTeacher>(Backward = Backward.Autograd)]
[CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 20, RampUpSteps = 240), Augment<QuietShift>]
[Adam(2e-3), Cosine, Steps(1_000_000), BatchSize(32, Unlabeled = 64)]
public partial class QuietAutograd;
