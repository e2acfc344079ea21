namespace Dsl.Tests.Limits;

[Model(2, 4), L2Normalize, Flatten, Linear(3)]
public partial class UnitRows;

[Trainer<UnitRows>, CrossEntropy, Sgd(0.1), Steps(1)]
public partial class UnitRowsExplicit;

[Trainer<UnitRows>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1), Steps(1)]
public partial class UnitRowsAutograd;

// Values of no spread meet every normalisation, each with a layer in front of it whose gradient it decides.
[Model(4, 2, 2)]
[Conv2d(4, 1, Bias = false), GroupNorm(2), Conv2d(4, 1, Bias = false), InstanceNorm2d]
[Conv2d(4, 1, Bias = false), BatchNorm2d, Flatten]
[Linear(8, Bias = false), LayerNorm, Linear(8, Bias = false), RMSNorm, Linear(3)]
public partial class Flattened;

[Trainer<Flattened>, CrossEntropy, Sgd(0.1), Steps(1)]
public partial class FlattenedExplicit;

[Trainer<Flattened>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1), Steps(1)]
public partial class FlattenedAutograd;

[Model(4), Linear(3)]
public partial class Still;

[Trainer<Still>, CrossEntropy, Sgd(0.1), ClipGradNorm(1), Steps(1)]
public partial class StillClippedByNorm;

[Trainer<Still>, CrossEntropy, Sgd(0.1), AdaptiveGradientClipping, Steps(1)]
public partial class StillClippedByUnit;

[Trainer<Still>, CrossEntropy, Lars(0.1), Steps(1)]
public partial class StillLars;

[Trainer<Still>, CrossEntropy, Lamb(0.1), Steps(1)]
public partial class StillLamb;

[Trainer<Still>, CrossEntropy, Adam(0.1), Steps(1)]
public partial class StillAdam;

[Trainer<Still>, CrossEntropy, RmsProp(0.1, Centered = true), Steps(1)]
public partial class StillRmsProp;

[Trainer<Still>, CrossEntropy, Adagrad(0.1), Steps(1)]
public partial class StillAdagrad;

[Model(3, Elements = Elements.Index), Embedding(5, 4, PaddingIndex = 0), Flatten, Linear(3)]
public partial class Padded;

[Trainer<Padded>, CrossEntropy, AdamW(0.1, WeightDecay = 0.5), WeightAverage(Decay = 0.5), BatchSize(4), Steps(5)]
public partial class PaddedTrainer;

[Trainer<Still>, CrossEntropy(LabelSmoothing = 0.2, ClassWeights = [0.5, 1.0, 4.0]), Sgd(1), Steps(1)]
public partial class SmoothedWeighted;

[Trainer<Still>(Backward = Backward.Autograd)]
[CrossEntropy(LabelSmoothing = 0.2, ClassWeights = [0.5, 1.0, 4.0]), Sgd(1), Steps(1)]
public partial class SmoothedWeightedAutograd;

[Trainer<Still>, CrossEntropy, Sgd(0.1, Momentum = 0.9), OneCycle, Steps(100)]
public partial class OneCycleOfAny;

[Trainer<Still>, CrossEntropy, Sgd(0.1), Cosine(Minimum = 0.001, WarmupSteps = 3), Steps(100)]
public partial class CosineOfAny;

[Trainer<Still>, CrossEntropy, Sgd(0.1), Polynomial(0.9, WarmupSteps = 3), Steps(100)]
public partial class PolynomialOfAny;

[Trainer<Still>, CrossEntropy, Sgd(0.1), CosineRestarts(T0Steps = 4, TMult = 2, WarmupSteps = 3), Steps(100)]
public partial class RestartsOfAny;

[Trainer<Still>, CrossEntropy, Sgd(0.1), Exponential(0.5, EverySteps = 1, WarmupSteps = 3), Steps(100)]
public partial class ExponentialOfAny;

[Trainer<Still>, CrossEntropy, Sgd(0.1), Cosine, Accumulate(4), BatchSize(2), Epochs(1)]
public partial class AccumulatedSchedule;
