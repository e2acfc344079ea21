namespace Dsl.Tests.Contrastive;

[Model(1, 8, 8)]
[Flatten, Linear(12), ReLU, Linear(12)]
public partial class Mlp;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(12)]
public partial class Cnn;

[Augmentation, RandomShift(1)]
public partial class Crop;

[Trainer<Mlp>, MoCo<Crop, Crop>(Queue = 16, Momentum = 0.9, Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MoCoMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), MoCo<Crop, Crop>(Queue = 16, Momentum = 0.9, Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MoCoMlpAutograd;

[Trainer<Cnn>, MoCo<Crop, Crop>(Queue = 16, Momentum = 0.9, Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MoCoCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), MoCo<Crop, Crop>(Queue = 16, Momentum = 0.9, Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MoCoCnnAutograd;

[Trainer<Mlp>, MoCo<Crop, Crop>(Queue = 16, Momentum = 0.9, Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class MoCoAccumulated;

[Trainer<Mlp>, MoCo<Crop, Crop>(Queue = 16), Sgd(0.1), BatchSize(6), OnNonFinite(NonFinite.SkipStep), Steps(6)]
public partial class MoCoSkipping;

[Trainer<Mlp>, MoCo<Crop, Crop>(Queue = 20, Momentum = 0.9), Sgd(0.1), BatchSize(6), Steps(6)]
public partial class MoCoRagged;
