using Dsl.Tests.Oracles;

namespace Dsl.Tests.Runs;

// No batch normalisation and no dropout: a batch in pieces is the batch.
[Model(6), Linear(12), Tanh, Linear(4)]
public partial class Plain;

[Trainer<Plain>, CrossEntropy, Sgd(0.1, Momentum = 0.9), ClipGradNorm(0.3), Epochs(3), BatchSize(12), Seed(3)]
public partial class Whole;

[Trainer<Plain>, CrossEntropy, Sgd(0.1, Momentum = 0.9), ClipGradNorm(0.3), Accumulate(3), Epochs(3), BatchSize(4), Seed(3)]
public partial class Accumulated;

[Trainer<Plain>(Backward = Backward.Autograd), CrossEntropy]
[Sgd(0.1, Momentum = 0.9), ClipGradNorm(0.3), Accumulate(3), Epochs(3), BatchSize(4), Seed(3)]
public partial class AccumulatedAutograd;

[Trainer<Plain>, CrossEntropy, Sgd(0.3), Epochs(6), BatchSize(5), Seed(3), Checkpoint(Keep = 2, KeepBest = true)]
public partial class Keeping;

[Trainer<Plain>, CrossEntropy, Adam(0.01), Epochs(6), BatchSize(5), Seed(3), Checkpoint(EverySteps = 1, Keep = 30)]
public partial class EveryStep;

[Trainer<Plain>, CrossEntropy, Adam(0.01), Epochs(6), BatchSize(5), Seed(3)]
[Checkpoint(EverySteps = 1, Keep = 30, Asynchronous = false)]
public partial class EveryStepInPlace;

[Augmentation, RandomShift(1)]
public partial class Jitter;

[Trainer<Everything>, CrossEntropy, Augment<Jitter>, Adam(1e-2), Epochs(2), BatchSize(8), Seed(5)]
public partial class OneByOne;

// Without moments: a bias before a normalisation has a gradient of rounding alone, which Adam makes as long as any other.
[Trainer<Everything>, CrossEntropy, Augment<Jitter>, Sgd(1e-2), Epochs(2), BatchSize(8), Seed(5)]
public partial class WithoutWindows;

[Trainer<Everything>, CrossEntropy, Augment<Jitter>, Sgd(1e-2), Accumulate(1), Epochs(2), BatchSize(8), Seed(5)]
public partial class WindowsOfOne;

[Trainer<Everything>, CrossEntropy, MeanTeacher(Ema = 0.9, RampUpSteps = 10), Augment<Jitter>]
[Adam(1e-2), Accumulate(2), BatchSize(8, Unlabeled = 12), Epochs(2), Seed(5)]
public partial class AccumulatedMeanTeacher;

[Trainer<Everything>, CrossEntropy, AdamW(1e-2), WeightAverage(Decay = 0.9), Steps(20), BatchSize(8), Seed(5)]
public partial class Averaged;

[Trainer<Everything>(Backward = Backward.Autograd), CrossEntropy, AdamW(1e-2), WeightAverage(Decay = 0.9), Steps(20),
    BatchSize(8), Seed(5)]
public partial class AveragedAutograd;

[Trainer<Everything>, CrossEntropy, AdamW(1e-2), WeightAverage(Decay = 0, Warmup = false), Steps(20), BatchSize(8), Seed(5)]
public partial class NotAveraged;

[Trainer<Plain>, CrossEntropy, Sgd(0.5), EarlyStopping(Metric.Loss, Patience = 2), Epochs(40), BatchSize(5), Seed(1)]
public partial class Stopping;

[Trainer<Everything>, CrossEntropy, Adam(3e-2), Cosine(WarmupSteps = 3),
    EarlyStopping(Metric.Accuracy, Patience = 3, MinimumImprovement = 0.01)]
[WeightAverage(Decay = 0.8), Accumulate(2), Checkpoint(EverySteps = 3), Epochs(8), BatchSize(8), Seed(5)]
public partial class Eventful;

[Trainer<Everything>(Backward = Backward.Autograd), CrossEntropy, Lamb(3e-2), OneCycle, EarlyStopping(Metric.Loss, Patience = 3)]
[WeightAverage(Decay = 0.8), Accumulate(2), Checkpoint, Epochs(8), BatchSize(8), Seed(5)]
public partial class EventfulAutograd;

[Trainer<Plain>, CrossEntropy, Sgd(1e30), Checkpoint(EverySteps = 1), Epochs(10), BatchSize(5)]
public partial class Diverging;
