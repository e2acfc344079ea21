using Dsl;

namespace KillCheck;

// Small networks with everything that outlives a step: moments, running statistics, averages, queues, memories.
[Model(1, 8, 8), Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2), Flatten, Dropout(0.2), Linear(10)]
public partial class Digits;

[Augmentation, RandomShift(1)]
public partial class Weak;

[Augmentation, RandomShift(1), RandomRotation(20), GaussianNoise(0.2)]
public partial class Strong;

[Trainer<Digits>, CrossEntropy, Adam(2e-3), Cosine, WeightAverage, Steps(400), BatchSize(16), Checkpoint(EverySteps = 1)]
public partial class PlainTrainer;

[Trainer<Digits>, CrossEntropy, Adam(2e-3), Accumulate(3), Steps(200), BatchSize(8), Checkpoint(EverySteps = 1)]
public partial class AccumulationTrainer;

[Trainer<Digits>, CrossEntropy, FixMatch<Weak, Strong>(Threshold = 0.5), Sgd(0.03, Momentum = 0.9), Steps(200)]
[BatchSize(8, Unlabeled = 16), Checkpoint(EverySteps = 1)]
public partial class FixMatchTrainer;

[Model(1, 8, 8), Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, Flatten, Linear(32)]
public partial class Encoder;

[Trainer<Encoder>, MoCo<Weak, Strong>(Queue = 256, Momentum = 0.99), Sgd(0.03, Momentum = 0.9), Steps(200)]
[BatchSize(16, DropLast = true), Checkpoint(EverySteps = 1)]
public partial class MoCoTrainer;

[Model(8), Linear(32), BatchNorm1d, ReLU, Linear(64), Tanh, Reshape(1, 8, 8)]
public partial class Painter;

[Model(1, 8, 8), Flatten, Linear(32), LeakyReLU(0.2), Linear(1)]
public partial class Judge;

[Trainer<Painter>, Gan<Judge>, Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator"), Steps(300)]
[BatchSize(16), Checkpoint(EverySteps = 1)]
public partial class GanTrainer;

[Model(4), Linear(32), ReLU, Linear(2)]
public partial class Values;

[Trainer<Values>, Dqn(TargetPeriod = 50, Memory = 2000, ExploreSteps = 500, LearningStarts = 100), Adam(1e-3), Steps(300)]
[BatchSize(16), Checkpoint(EverySteps = 1)]
public partial class DqnTrainer;
