using Dsl;

namespace Recipes.Mixtures;

/// <summary>The demo's convolutional network with two places at which hidden values can be mixed.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Tag("early", Mix = true)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Tag("late", Mix = true)]
[MaxPool2d(2), Flatten, Linear(64), ReLU, Linear(10)]
public partial class Cnn;

/// <summary>A chain of AugMix.</summary>
[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.1), Cutout(1)]
public partial class Disturbed;

/// <summary>What the networks are tested on: of the same kind, but noisier, and cut out.</summary>
[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.2), Cutout(3)]
public partial class Corrupted;

[Trainer<Cnn>, CrossEntropy, Adam(1e-3), Epochs(60), BatchSize(50)]
public partial class Plain;

[Trainer<Cnn>, CrossEntropy, Mixup(Alpha = 1), Adam(1e-3), Epochs(60), BatchSize(50)]
public partial class Mixed;

[Trainer<Cnn>, CrossEntropy, ManifoldMixup("early", "late"), Adam(1e-3), Epochs(60), BatchSize(50)]
public partial class ManifoldMixed;

[Trainer<Cnn>, CrossEntropy, CutMix, Adam(1e-3), Epochs(60), BatchSize(50)]
public partial class CutMixed;

[Trainer<Cnn>, CrossEntropy, AugMix<Disturbed>, Adam(1e-3), Epochs(60), BatchSize(50)]
public partial class AugMixed;

/// <summary>Trains nothing: <c>Evaluate(data, views: 1)</c> sees each image once, corrupted.</summary>
[Trainer<Cnn>, CrossEntropy, Augment<Corrupted>, Sgd(0.1)]
public partial class CorruptedTest;
