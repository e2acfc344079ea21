namespace Dsl.Tests.Pairs;

[Augmentation, RandomShift(1)]
public partial class Crop;

[Model(1, 8, 8)]
[Flatten, Linear(12), ReLU, Linear(12)]
public partial class Mlp;

[Model(12), Linear(10), Tanh, Linear(8, Bias = false)]
public partial class MlpHead;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(12, Bias = false)]
public partial class Cnn;

[Model(12), Linear(10, Bias = false), BatchNorm1d, Tanh, Linear(8, Bias = false)]
public partial class CnnHead;

[Model(5, 3), Flatten, Linear(12), Tanh, Linear(6)]
public partial class Segment;

[Model(6), Linear(6, Bias = false)]
public partial class Similarity;

[Trainer<Mlp>, Siamese(Margin = 0.9), Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SiameseMlp;

[Trainer<Mlp>]
[Dino<Crop, Crop>(Temperature = 1.5, TeacherTemperature = 0.5, CenterDecay = 0.8, Ema = 0.9), Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DinoMlp;

[Trainer<Cnn>, Siamese(Margin = 0.9), Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SiameseCnn;

[Trainer<Cnn>]
[Dino<Crop, Crop>(Temperature = 1.5, TeacherTemperature = 0.5, CenterDecay = 0.8, Ema = 0.9), Projection<CnnHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DinoCnn;

[Trainer<Segment>, Cola<Similarity>(9), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ColaSegments;

[Trainer<Mlp>(Backward = Backward.Autograd), Siamese(Margin = 0.9), Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SiameseMlpAutograd;

[Trainer<Mlp>(Backward = Backward.Autograd)]
[Dino<Crop, Crop>(Temperature = 1.5, TeacherTemperature = 0.5, CenterDecay = 0.8, Ema = 0.9), Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DinoMlpAutograd;

[Trainer<Cnn>(Backward = Backward.Autograd), Siamese(Margin = 0.9), Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SiameseCnnAutograd;

[Trainer<Cnn>(Backward = Backward.Autograd)]
[Dino<Crop, Crop>(Temperature = 1.5, TeacherTemperature = 0.5, CenterDecay = 0.8, Ema = 0.9), Projection<CnnHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DinoCnnAutograd;

[Trainer<Segment>(Backward = Backward.Autograd), Cola<Similarity>(9), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ColaSegmentsAutograd;
