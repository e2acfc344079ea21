using Dsl;

namespace Recipes.SemiSupervised;

/// <summary>The demo's convolutional network.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class Cnn;

/// <summary>The same with dropout, for schemes that compare two predictions of one input.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Dropout(0.5), Linear(10)]
public partial class NoisyCnn;

[Augmentation, RandomShift(1)]
public partial class Weak;

[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.2), Cutout(3)]
public partial class Strong;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32)]
public partial class LabelsAlone;

[Trainer<Cnn>, CrossEntropy, EntropyMinimization(Weight = 0.5, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class EntropyMinimized;

[Trainer<Cnn>, CrossEntropy, PseudoLabel(Threshold = 0.95, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class PseudoLabeled;

[Trainer<NoisyCnn>, CrossEntropy, PiModel(Weight = 20, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class TwoPasses;

[Trainer<NoisyCnn>, CrossEntropy, TemporalEnsembling(Weight = 20, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class Ensembled;

[Trainer<NoisyCnn>, CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 20, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class Taught;

[Trainer<Cnn>, CrossEntropy, Vat(Epsilon = 1, Xi = 1e-3), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class Attacked;

[Trainer<Cnn>, CrossEntropy, MixMatch(Weight = 10, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class MixMatched;

[Trainer<Cnn>, CrossEntropy, Uda<Weak, Strong>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class Augmented;

[Trainer<Cnn>, CrossEntropy, FixMatch<Weak, Strong>]
[Adam(2e-3), PartialCosine, Steps(600), BatchSize(32, Unlabeled = 64)]
public partial class FixMatched;
