using Dsl.Tests.Layers;

namespace Dsl.Tests.Mixings;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1), Steps(1)]
public partial class PlainTrainer;

[Trainer<Mlp>, CrossEntropy, Mixup, Sgd(0.1), Steps(1)]
public partial class MixupTrainer;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Mixup, Sgd(0.1), Steps(1)]
public partial class MixupAutograd;

[Trainer<Mlp>, CrossEntropy(Weight = 0.1), Distill(Weight = 0.9), Mixup(Alpha = 1), Sgd(0.1), Steps(1)]
public partial class MixupDistill;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy(Weight = 0.1), Distill(Weight = 0.9), Mixup(Alpha = 1), Sgd(0.1),
    Steps(1)]
public partial class MixupDistillAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1), Steps(1)]
public partial class PlainCnnTrainer;

[Trainer<Cnn>, CrossEntropy, CutMix, Sgd(0.1), Steps(1)]
public partial class CutMixTrainer;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, CutMix, Sgd(0.1), Steps(1)]
public partial class CutMixAutograd;

[Trainer<Cnn>, CrossEntropy, CutMix(Probability = 0.5), Sgd(0.1), Steps(1)]
public partial class SometimesCutMix;

[Model(1, 8, 8)]
[Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, Tag("early", Mix = true)]
[Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2), Tag("late", Mix = true)]
[Flatten, Linear(10)]
public partial class Places;

[Trainer<Places>, CrossEntropy, Sgd(0.1), Steps(1)]
public partial class PlainPlaces;

[Trainer<Places>, CrossEntropy, ManifoldMixup("early", "late"), Sgd(0.1), Steps(1)]
public partial class ManifoldTrainer;

[Trainer<Places>(Backward = Backward.Autograd), CrossEntropy, ManifoldMixup("early", "late"), Sgd(0.1), Steps(1)]
public partial class ManifoldAutograd;

[Trainer<Places>, CrossEntropy, ManifoldMixup("late", Input = false), MeanTeacher, Augment<Shift>, Sgd(0.1), Steps(1)]
public partial class ManifoldMeanTeacher;

[Trainer<Places>(Backward = Backward.Autograd)]
[CrossEntropy, ManifoldMixup("late", Input = false), MeanTeacher, Augment<Shift>, Sgd(0.1), Steps(1)]
public partial class ManifoldMeanTeacherAutograd;

[Augmentation, RandomShift(1)]
public partial class Shift;

// Two heads on one mixture.
[Model(12), Linear(16), ReLU, Tag("hidden", Mix = true), Linear(5), Output("Main"), From("hidden"), Linear(5), Output("Side")]
public partial class TwoHeads;

[Trainer<TwoHeads>, CrossEntropy(Of = "Main"), CrossEntropy(Of = "Side", Weight = 0.5), ManifoldMixup("hidden"), Sgd(0.1),
    Steps(1)]
public partial class TwoHeadsTrainer;

[Trainer<TwoHeads>(Backward = Backward.Autograd)]
[CrossEntropy(Of = "Main"), CrossEntropy(Of = "Side", Weight = 0.5), ManifoldMixup("hidden"), Sgd(0.1), Steps(1)]
public partial class TwoHeadsAutograd;

[Trainer<Cnn>, CrossEntropy, AugMix, Sgd(0.1), Steps(1)]
public partial class AugMixTrainer;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, AugMix, Sgd(0.1), Steps(1)]
public partial class AugMixAutograd;

[Trainer<Cnn>, CrossEntropy, AugMix(Width = 2, Depth = 1), Sgd(0.1), Steps(1)]
public partial class FixedAugMix;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, AugMix(Width = 2, Depth = 1), Sgd(0.1), Steps(1)]
public partial class FixedAugMixAutograd;

[Model(1, 8, 8), Flatten, Linear(10)]
public partial class Linears;

[Trainer<Linears>, CrossEntropy, Sgd(0.1), Steps(1)]
public partial class PlainLinears;

[Trainer<Linears>, CrossEntropy, AugMix, Sgd(0.1), Steps(1)]
public partial class AugMixLinears;

// What is drawn for a sample's label is drawn once, and goes with it to its partner.
[Trainer<Mlp>, DisturbLabel(Alpha = 0.5), Mixup, Sgd(0.1), Steps(1)]
public partial class DisturbedMixup;

[Trainer<Mlp>(Backward = Backward.Autograd), DisturbLabel(Alpha = 0.5), Mixup, Sgd(0.1), Steps(1)]
public partial class DisturbedMixupAutograd;

[Model(12), Linear(2)]
public partial class Line;

[Trainer<Line>, MeanSquaredError, Mixup, Sgd(0.1), Steps(1)]
public partial class RegressionMixup;

[Augmentation, RandomRotation(20), GaussianNoise(0.1)]
public partial class Disturbed;

[Trainer<Cnn>, CrossEntropy, AugMix<Disturbed>(Width = 2), Sgd(0.1), Steps(1)]
public partial class PolicyAugMix;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, AugMix<Disturbed>(Width = 2), Sgd(0.1), Steps(1)]
public partial class PolicyAugMixAutograd;
