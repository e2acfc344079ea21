namespace Dsl.Tests.InstanceDiscrimination;

[Augmentation, RandomShift(1)]
public partial class Crop;

[Model(1, 8, 8)]
[Flatten, Linear(12), ReLU, Linear(12)]
public partial class Mlp;

[Model(12), Linear(10), Tanh, Linear(8, Bias = false)]
public partial class Head;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(12, Bias = false)]
public partial class Cnn;

[Trainer<Mlp>, InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 6), Projection<Head>]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NceMlp;

[Trainer<Mlp>(Backward = Backward.Autograd)]
[InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 6), Projection<Head>]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NceMlpAutograd;

[Trainer<Cnn>, InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 6)]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NceCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 6)]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NceCnnAutograd;

[Trainer<Mlp>, InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 0), Projection<Head>]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SoftmaxMlp;

[Trainer<Mlp>(Backward = Backward.Autograd)]
[InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 0), Projection<Head>]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SoftmaxMlpAutograd;

[Trainer<Cnn>, InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 0)]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SoftmaxCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 0)]
[Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SoftmaxCnnAutograd;

[Trainer<Mlp>, InstanceDiscrimination<Crop>(Temperature = 0.2, Momentum = 0.4, Negatives = 6), Projection<Head>]
[Sgd(0.05, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class NceAccumulated;

[Trainer<Mlp>, InstanceDiscrimination<Crop>(Negatives = 6), Sgd(0.05), BatchSize(8), OnNonFinite(NonFinite.SkipStep), Steps(6)]
public partial class NceRun;
