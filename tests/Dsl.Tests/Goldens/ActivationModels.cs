namespace Dsl.Tests.Activations;

[Model(10), LeakyReLU]
public partial class Leaky;

[Model(10), LeakyReLU(0.2)]
public partial class LeakySlope;

[Model(10), PReLU]
public partial class Learned;

[Model(4, 5, 5), PReLU]
public partial class LearnedImage;

[Model(10), PReLU(PerChannel = true)]
public partial class LearnedChannels;

[Model(4, 5, 5), PReLU(PerChannel = true)]
public partial class LearnedImageChannels;

[Model(10), ELU]
public partial class Exponential;

[Model(10), ELU(0.5)]
public partial class ExponentialAlpha;

[Model(10), GELU]
public partial class Gaussian;

[Model(10), GELU(Approximate = true)]
public partial class GaussianApproximate;

[Model(10), SiLU]
public partial class Swish;

[Model(10), Mish]
public partial class MishNet;

[Model(10), Tanh]
public partial class Hyperbolic;

[Model(10), Sigmoid]
public partial class Logistic;

[Model(10), Softplus]
public partial class Soft;

[Model(10), Softplus(Beta = 3, Threshold = 4)]
public partial class SoftSettings;

[Model(10), HardSwish]
public partial class Hard;

[Model(10), Softmax]
public partial class Probabilities;

[Model(4, 5, 5), Softmax(1)]
public partial class ChannelProbabilities;

[Model(10), LogSoftmax]
public partial class LogProbabilities;

[Model(4, 5, 5), LogSoftmax(-3)]
public partial class ChannelLogProbabilities;

// Every activation between linear layers, where results may be written over inputs.
[Model(6), Linear(8), LeakyReLU, Linear(8), PReLU, Linear(8), PReLU(PerChannel = true), Linear(8), ELU, Linear(8), GELU]
[Linear(8), GELU(Approximate = true), Linear(8), SiLU, Linear(8), Mish, Linear(8), Tanh, Linear(8), Sigmoid]
[Linear(8), Softplus, Linear(8), HardSwish, Linear(8), Softmax, Linear(8), LogSoftmax, Linear(3)]
public partial class EveryActivation;
