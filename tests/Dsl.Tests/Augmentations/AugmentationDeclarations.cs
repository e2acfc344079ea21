namespace Dsl.Tests.Augmentations;

[Model(1, 8, 8), Flatten, Linear(5)]
public partial class GreyLinear;

[Model(3, 6, 8), Flatten, Linear(5)]
public partial class ColorLinear;

[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.1), Cutout(3)]
public partial class Strong;

[Augmentation]
[HorizontalFlip, RandomCrop(6, 8, Padding = 2), ColorJitter(Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, Hue = 0.1)]
[RandAugment, RandomErasing, Normalize(new[] { 0.5, 0.5, 0.5 }, new[] { 0.25, 0.25, 0.25 })]
public partial class Colored;

[Augmentation, Normalize(0.5, 0.25)]
public partial class Scaled;

[Trainer<GreyLinear>, CrossEntropy, Augment<Strong>, Sgd(0.1), Steps(10), BatchSize(16), Seed(3)]
public partial class StrongTrainer;

[Trainer<GreyLinear>(Backward = Backward.Autograd), CrossEntropy, Augment<Strong>, Sgd(0.1), Steps(10), BatchSize(16), Seed(3)]
public partial class StrongTrainerAutograd;

[Trainer<ColorLinear>, CrossEntropy, Augment<Colored>, Sgd(0.1), Steps(10)]
public partial class ColoredTrainer;

[Trainer<ColorLinear>(Backward = Backward.Autograd), CrossEntropy, Augment<Colored>, Sgd(0.1), Steps(10)]
public partial class ColoredTrainerAutograd;

[Trainer<GreyLinear>, CrossEntropy, Augment<Scaled>, Sgd(0.1), Steps(10)]
public partial class ScaledTrainer;

[Trainer<GreyLinear>, CrossEntropy, MeanTeacher(Ema = 0.9, RampUpSteps = 2), Augment<Strong>, Sgd(0.1), Steps(10),
    BatchSize(8), Seed(3)]
public partial class StrongMeanTeacher;

[Model(1, 18, 16), Flatten, Linear(5)]
public partial class ToneLinear;

[Augmentation, AutoContrast, Equalize, Posterize(4), Solarize(0.7), Sharpness(1.9)]
public partial class Tones;

[Trainer<ToneLinear>, CrossEntropy, Augment<Tones>, Sgd(0.1), Steps(10)]
public partial class TonesTrainer;

[Trainer<ToneLinear>(Backward = Backward.Autograd), CrossEntropy, Augment<Tones>, Sgd(0.1), Steps(10)]
public partial class TonesTrainerAutograd;

[Trainer<ToneLinear>, CrossEntropy, Sgd(0.1), Steps(10)]
public partial class PlainTonesTrainer;
