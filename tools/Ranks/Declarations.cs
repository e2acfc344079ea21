using Dsl;

namespace Ranks;

[Model(8), Linear(24), Tanh, Linear(4)]
public partial class Plain;

// Batches of 24 from 200 samples: the last one of an epoch has 8, and some samples have no label.
[Trainer<Plain>, CrossEntropy(LabelSmoothing = 0.1), Sgd(0.1, Momentum = 0.9), Cosine, DataParallel]
[BatchSize(24), Steps(50), Checkpoint(EverySteps = 10)]
public partial class PlainTrainer;

[Trainer<Plain>(Backward = Backward.Autograd), CrossEntropy(LabelSmoothing = 0.1), Sgd(0.1, Momentum = 0.9), Cosine]
[DataParallel, BatchSize(24), Steps(50), Checkpoint(EverySteps = 10)]
public partial class AutogradTrainer;

[Trainer<Plain>, CrossEntropy(ClassWeights = [1, 2, 0.5, 1]), Adam(3e-3, WeightDecay = 0.01), DataParallel]
[Accumulate(3), ClipGradNorm(0.3), TrainingAccuracy, WeightAverage, BatchSize(24), Steps(50), Checkpoint(EverySteps = 10)]
public partial class AccumulatedTrainer;

// The same updates, of which each rank makes its part: a weight decay that some parameters have, a bound on the whole gradient.
[Trainer<Plain>, CrossEntropy, AdamW(3e-3, WeightDecay = 0.05, DecayVectors = false), Cosine, ClipGradNorm(0.3)]
[DataParallel(ShardOptimizer = true), BatchSize(24), Steps(50), Checkpoint(EverySteps = 10)]
public partial class ShardedTrainer;

[Trainer<Plain>(Backward = Backward.Autograd), CrossEntropy, Adam(3e-3), Accumulate(2), WeightAverage, ClipGradValue(0.1)]
[DataParallel(ShardOptimizer = true), BatchSize(24), Steps(50), Checkpoint(EverySteps = 10)]
public partial class ShardedAutogradTrainer;

// Layers that stay as they are, and behind them parameters that are frozen while a trainer is there: in the middle of shards.
[Model(8), Linear(24), Tanh, Frozen, Linear(20), Tanh, Linear(16), Tanh, Linear(4)]
public partial class PartlyFrozen;

[Trainer<PartlyFrozen>, CrossEntropy, AdamW(3e-3, WeightDecay = 0.05), Cosine, ClipGradNorm(0.3)]
[DataParallel(ShardOptimizer = true), BatchSize(24), Steps(50), Checkpoint(EverySteps = 10)]
public partial class FrozenShardedTrainer;

// Gradients that are summed while the backward pass goes on.
[Trainer<Deep>, CrossEntropy, Sgd(0.01, Momentum = 0.9), DataParallel(Overlap = true), BatchSize(24), Steps(50)]
[Checkpoint(EverySteps = 10)]
public partial class OverlappedTrainer;

// Several pieces of a MiB, biases and a normalisation among them.
[Model(8), Linear(640), LayerNorm, Tanh, Linear(640), Tanh, Linear(512), Tanh, Linear(4)]
public partial class Deep;

[Trainer<Plain>, CrossEntropy, SharpnessAware, Sgd(0.1), DataParallel, BatchSize(24), Epochs(6)]
[Checkpoint(EverySteps = 10)]
public partial class SharpTrainer;

// Everything that is random, and everything that a pass measures.
[Model(1, 8, 8), Conv2d(6, 3), BatchNorm2d, ReLU, Dropout(0.3), Flatten, Linear(4)]
public partial class Noisy;

[Augmentation, RandomShift(1), GaussianNoise(0.1)]
public partial class Shaken;

[Trainer<Noisy>, CrossEntropy, Augment<Shaken>, Mixup(Alpha = 0.4), Adam(1e-3), EarlyStopping(Metric.Loss, Patience = 4)]
[OnNonFinite(NonFinite.SkipStep), DataParallel, BatchSize(24), Epochs(6), Checkpoint(EverySteps = 10)]
public partial class NoisyTrainer;

// Statistics of the whole batch, of which ranks have parts of different sizes.
[Model(1, 8, 8), Conv2d(6, 3, Bias = false), BatchNorm2d(Synchronized = true), Tanh, Flatten, Linear(12, Bias = false)]
[BatchNorm1d(Synchronized = true), Tanh, Linear(4)]
public partial class Measured;

[Trainer<Measured>, CrossEntropy, Sgd(0.02, Momentum = 0.9), DataParallel]
[BatchSize(25), Steps(50), Checkpoint(EverySteps = 10)]
public partial class MeasuredTrainer;

[Trainer<Measured>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.02, Momentum = 0.9), DataParallel]
[BatchSize(25), Steps(50), Checkpoint(EverySteps = 10)]
public partial class MeasuredAutogradTrainer;

// A step that is long enough to measure.
[Model(1, 28, 28)]
[Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(64, 3, Padding = 1), ReLU]
[MaxPool2d(2), Flatten, Linear(128), ReLU, Linear(10)]
public partial class Convolutions;

[Trainer<Convolutions>, CrossEntropy, Sgd(0.05, Momentum = 0.9), DataParallel, BatchSize(128), Steps(40)]
public partial class ConvolutionsTrainer;

[Trainer<Convolutions>, CrossEntropy, Sgd(0.05, Momentum = 0.9), DataParallel(Overlap = true), BatchSize(128), Steps(40)]
public partial class OverlappedConvolutionsTrainer;

// What a rank holds is looked at: 12.6 million parameters, 50 MB, and as many moments twice.
[Model(1024), Linear(2048), ReLU, Linear(4096), ReLU, Linear(512), ReLU, Linear(10)]
public partial class Wide;

[Trainer<Wide>, CrossEntropy, Adam(1e-4), DataParallel, BatchSize(16), Steps(8)]
public partial class WideTrainer;

[Trainer<Wide>, CrossEntropy, Adam(1e-4), DataParallel(ShardOptimizer = true), BatchSize(16), Steps(8)]
public partial class WideSharedTrainer;

[Trainer<Wide>, CrossEntropy, Adam(1e-4), DataParallel(Overlap = true), BatchSize(16), Steps(8)]
public partial class WideOverlappedTrainer;
