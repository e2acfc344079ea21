namespace Dsl.Tests.Paired;

[Model(1, 8, 8), Flatten, Linear(10), Tanh, Linear(6)]
public partial class Picture;

[Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6)]
public partial class PictureNormalized;

[Model(3, Elements = Elements.Index), Embedding(7, 4), Flatten, Linear(6)]
public partial class Caption;

[Model(5), Linear(10, Bias = false), BatchNorm1d, Tanh, Linear(6)]
public partial class VectorNormalized;

[Trainer<Picture>, Clip<Caption>(Temperature = 0.2), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ClipWords;

[Trainer<Picture>(Backward = Backward.Autograd), Clip<Caption>(Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ClipWordsAutograd;

[Trainer<Picture>, Clip<Caption>(Temperature = 0.2), Sgd(0.1, Momentum = 0.9, WeightDecay = 0.2), BatchSize(8), Steps(3)]
public partial class ClipDecaying;

[Trainer<Picture>(Backward = Backward.Autograd), Clip<Caption>(Temperature = 0.2)]
[Sgd(0.1, Momentum = 0.9, WeightDecay = 0.2), BatchSize(8), Steps(3)]
public partial class ClipDecayingAutograd;

[Trainer<PictureNormalized>, Clip<VectorNormalized>(Temperature = 1.25, LeastTemperature = 1.248)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ClipBounded;

[Trainer<PictureNormalized>(Backward = Backward.Autograd), Clip<VectorNormalized>(Temperature = 1.25, LeastTemperature = 1.248)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ClipBoundedAutograd;
