namespace Dsl.Tests.Recipes;

[Model(4), Linear(8), Tanh, Linear(3)]
public partial class Smooth;

[Model(4), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(3)]
public partial class SmoothNormalized;

[Trainer<Smooth>, CrossEntropy, ScheduleFreeAdamW(0.05, Beta2 = 0.99), Steps(20), BatchSize(6)]
public partial class ScheduleFree;

[Trainer<Smooth>(Backward = Backward.Autograd), CrossEntropy, ScheduleFreeAdamW(0.05, Beta2 = 0.99), Steps(20)]
public partial class ScheduleFreeAutograd;

[Trainer<Smooth>, CrossEntropy]
[ScheduleFreeAdamW(0.05, Beta1 = 0.8, Beta2 = 0.99, WeightDecay = 0.1), Constant(WarmupSteps = 4), Steps(20)]
public partial class ScheduleFreeWarmup;

[Trainer<SmoothNormalized>, CrossEntropy, Sgd(0.1, Momentum = 0.9, WeightDecay = 0.01), SharpnessAware(Rho = 0.1), Steps(20)]
[BatchSize(6)]
public partial class SharpnessTrainer;

[Trainer<SmoothNormalized>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9, WeightDecay = 0.01)]
[SharpnessAware(Rho = 0.1), Steps(20)]
public partial class SharpnessAutograd;

[Trainer<Smooth>, CrossEntropy, Sgd(0.1), SharpnessAware(Rho = 0.1), Accumulate(2), Steps(20)]
public partial class SharpnessWindows;

[Trainer<Smooth>, CrossEntropy, Adam(0.05), Lookahead(K = 3, Alpha = 0.6), Steps(20), BatchSize(6)]
public partial class LookaheadTrainer;

[Trainer<Smooth>(Backward = Backward.Autograd), CrossEntropy, Adam(0.05), Lookahead(K = 3, Alpha = 0.6), Steps(20)]
public partial class LookaheadAutograd;

[Trainer<Smooth>, CrossEntropy, ScheduleFreeAdamW(0.05), Lookahead(K = 3), Epochs(5), BatchSize(6)]
public partial class ScheduleFreeLookahead;

[Trainer<SmoothNormalized>, CrossEntropy, Sgd(0.2), Epochs(5), BatchSize(6)]
[StochasticWeightAverage(2, CycleEpochs = 2, Rate = 0.2, LowRate = 0.02)]
public partial class Averaged;

[Trainer<SmoothNormalized>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.2), Epochs(5), BatchSize(6)]
[StochasticWeightAverage(2, CycleEpochs = 2, Rate = 0.2, LowRate = 0.02)]
public partial class AveragedAutograd;

[Trainer<SmoothNormalized>, CrossEntropy, Adam(0.05), Cosine, Epochs(5), BatchSize(6), StochasticWeightAverage(3)]
public partial class AveragedTail;
