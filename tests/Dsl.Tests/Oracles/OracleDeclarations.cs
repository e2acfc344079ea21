namespace Dsl.Tests.Oracles;

// Everything that has a derivative, in one stack.
[Model(2, 10, 10)]
[Conv2d(6, 3, Padding = 1), BatchNorm2d, ReLU, Conv2d(6, 3, Stride = 2, Groups = 2), Dropout(0.3), ReLU, MaxPool2d(2)]
[Flatten, Linear(12), BatchNorm1d, ReLU, Linear(7)]
public partial class Everything;

[Augmentation, RandomShift(2)]
public partial class Shifted;

[Trainer<Everything>]
[Distill(Temperature = 3, Weight = 0.7), CrossEntropy(Weight = 0.3), Adam(1e-2), Steps(100), Seed(5)]
public partial class ExplicitDistill;

[Trainer<Everything>(Backward = Backward.Autograd)]
[Distill(Temperature = 3, Weight = 0.7), CrossEntropy(Weight = 0.3), Adam(1e-2), Steps(100), Seed(5)]
public partial class AutogradDistill;

[Trainer<Everything>, CrossEntropy, MeanTeacher(Ema = 0.9, RampUpSteps = 10), Augment<Shifted>]
[Sgd(0.05, Momentum = 0.9, Nesterov = true, WeightDecay = 1e-3), ClipGradNorm(2), Cosine(WarmupSteps = 2), Steps(20), Seed(5)]
[BatchSize(8, Unlabeled = 12, DropLast = true)]
public partial class ExplicitMeanTeacher;

[Trainer<Everything>(Backward = Backward.Autograd), CrossEntropy, MeanTeacher(Ema = 0.9, RampUpSteps = 10), Augment<Shifted>]
[Sgd(0.05, Momentum = 0.9, Nesterov = true, WeightDecay = 1e-3), ClipGradNorm(2), Cosine(WarmupSteps = 2), Steps(20), Seed(5)]
[BatchSize(8, Unlabeled = 12, DropLast = true)]
public partial class AutogradMeanTeacher;
