using Dsl.Tests.Layers;

namespace Dsl.Tests.Training;

[Model(1, 8, 8)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(8, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(16), ReLU, Linear(10)]
public partial class CnnWithoutBias;

[Augmentation, RandomShift(1)]
public partial class Weak;

[Trainer<CnnWithoutBias>, CrossEntropy, Adam(1e-2), Steps(5)]
public partial class SupervisedAdam;

[Trainer<CnnWithoutBias>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), Steps(5)]
public partial class SupervisedAdamAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.05, Momentum = 0.9), Steps(5)]
public partial class SupervisedSgd;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.05, Momentum = 0.9), Steps(5)]
public partial class SupervisedSgdAutograd;

[Trainer<Mlp>, CrossEntropy]
[Sgd(0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 5e-4), Cosine(WarmupSteps = 2), ClipGradNorm(0.5), Steps(5)]
public partial class SupervisedClipped;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy]
[Sgd(0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 5e-4), Cosine(WarmupSteps = 2), ClipGradNorm(0.5), Steps(5)]
public partial class SupervisedClippedAutograd;

[Trainer<Mlp>, Distill(Temperature = 4, Weight = 0.9), CrossEntropy(Weight = 0.1), AdamW(1e-2, WeightDecay = 0.05), Steps(5)]
public partial class DistillAdamW;

[Trainer<Mlp>(Backward = Backward.Autograd)]
[Distill(Temperature = 4, Weight = 0.9), CrossEntropy(Weight = 0.1), AdamW(1e-2, WeightDecay = 0.05), Steps(5)]
public partial class DistillAdamWAutograd;

[Trainer<CnnWithoutBias>, CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 10, RampUpSteps = 4), Augment<Weak>,
    Adam(1e-2), Steps(5)]
public partial class MeanTeacherAdam;

[Trainer<CnnWithoutBias>(Backward = Backward.Autograd)]
[CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 10, RampUpSteps = 4), Augment<Weak>, Adam(1e-2), Steps(5)]
public partial class MeanTeacherAdamAutograd;
