using Dsl;

namespace Digits;

// A small convolutional network for 8x8 images.
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class Cnn;

// The same with dropout before the last layer: noise that makes a consistency term worth something.
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Dropout(0.5), Linear(10)]
public partial class NoisyCnn;

[Model(1, 8, 8)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class Mlp;

[Augmentation, RandomShift(1)]
public partial class Weak;

// (a) Labels for everything.
[Trainer<Cnn>, CrossEntropy]
[Adam(1e-3), Epochs(20), BatchSize(64, DropLast = true)]
public partial class SupervisedTrainer;

// (b) No labels at all, only a teacher's outputs; beside it the same network on 50 labels.
[Trainer<Mlp>, Distill(Temperature = 1)]
[Adam(1e-3), Epochs(60), BatchSize(64, DropLast = true)]
public partial class DistillTrainer;

[Trainer<Mlp>, CrossEntropy]
[Adam(1e-3), Epochs(400), BatchSize(25)]
public partial class FewLabelsTrainer;

// What a network has to predict as it predicts the weak view.
[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.2), Cutout(3)]
public partial class Strong;

// (c) 50 labels and all the other images without, in two ways; beside them the labels alone.
[Trainer<Cnn>, CrossEntropy, FixMatch<Weak, Strong>(Threshold = 0.95)]
[Adam(2e-3), Cosine, Steps(600), BatchSize(32, Unlabeled = 64, DropLast = true)]
public partial class FixMatchTrainer;

[Trainer<NoisyCnn>, CrossEntropy]
[MeanTeacher(Ema = 0.99, ConsistencyWeight = 20, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), Cosine, Steps(600), BatchSize(32, Unlabeled = 64, DropLast = true)]
public partial class MeanTeacherTrainer;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>]
[Adam(2e-3), Cosine, Steps(600), BatchSize(32, DropLast = true)]
public partial class FewLabelsCnnTrainer;
