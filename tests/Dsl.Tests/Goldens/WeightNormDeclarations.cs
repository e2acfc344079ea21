namespace Dsl.Tests.Recipes;

[Model(3, 7)]
[TemporalConv(4, 3, Dilation = 2, Normalize = WeightNormalization.Weight), Tanh]
[Conv1d(4, 3, Padding = 1, Groups = 2, Bias = false, Normalize = WeightNormalization.Weight), Tanh]
[Flatten, Linear(3, Normalize = WeightNormalization.Weight)]
public partial class NormalizedTemporal;

[Model(5), Linear(6, Normalize = WeightNormalization.Weight), Tanh]
[Linear(3, Bias = false, Normalize = WeightNormalization.Weight)]
public partial class NormalizedLinear;

[Model(3, 7), TemporalConv(4, 3, Dilation = 2), Tanh, Conv1d(4, 3, Padding = 1, Groups = 2, Bias = false), Tanh]
[Flatten, Linear(3)]
public partial class PlainTemporal;

[Model(5), Init(Initializer.Orthogonal, Gain = 2), Linear(6, Normalize = WeightNormalization.Weight), Tanh, Linear(3)]
public partial class OrthogonalStart;

[Trainer<NormalizedTemporal>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(6)]
public partial class NormalizedTemporalTrainer;

[Trainer<NormalizedTemporal>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(6)]
public partial class NormalizedTemporalAutograd;

[Trainer<NormalizedLinear>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(6)]
public partial class NormalizedLinearTrainer;

[Trainer<NormalizedLinear>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(6)]
public partial class NormalizedLinearAutograd;

[Model(3, 7), Conv1d(4, 3, Stride = 2, Normalize = WeightNormalization.Spectral), Tanh, Flatten]
[Linear(3, Bias = false, Normalize = WeightNormalization.Spectral)]
public partial class SpectralNet;

[Trainer<SpectralNet>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(6)]
public partial class SpectralTrainer;

[Trainer<SpectralNet>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(6)]
public partial class SpectralAutograd;
