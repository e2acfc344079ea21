using Dsl.Tests.Distillation;

namespace Dsl.Tests.Runs;

[Model(6), Linear(12), BatchNorm1d, Tanh, Dropout(0.2), Linear(4)]
public partial class Noted;

[Trainer<Noted>, CrossEntropy, Adam(1e-2), ClipGradNorm(1), WeightAverage(Decay = 0.9), Cosine]
[OnNonFinite(NonFinite.SkipStep, ConsecutiveLimit = 3), Epochs(3), BatchSize(4), Seed(3)]
public partial class Skipping;

[Trainer<Noted>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), ClipGradNorm(1), WeightAverage(Decay = 0.9), Cosine]
[OnNonFinite(NonFinite.SkipStep, ConsecutiveLimit = 3), Epochs(3), BatchSize(4), Seed(3)]
public partial class SkippingAutograd;

[Trainer<Noted>, CrossEntropy, Adam(1e-2), Accumulate(2), OnNonFinite(NonFinite.SkipStep), Epochs(3), BatchSize(4), Seed(3)]
public partial class SkippingWindows;

[Trainer<Noted>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), Accumulate(2)]
[OnNonFinite(NonFinite.SkipStep), Epochs(3), BatchSize(4), Seed(3)]
public partial class SkippingWindowsAutograd;

[Trainer<Noted>, CrossEntropy, MeanTeacher(Ema = 0.9, RampUpSteps = 10), Adam(1e-2)]
[OnNonFinite(NonFinite.SkipStep), Epochs(3), BatchSize(4), Seed(3)]
public partial class SkippingTeacher;

[Trainer<Noted>, CrossEntropy, TemporalEnsembling(Weight = 10, RampUpSteps = 1), Adam(1e-2)]
[OnNonFinite(NonFinite.SkipStep), Epochs(3), BatchSize(4), Seed(3)]
public partial class SkippingEnsembling;

[Trainer<Noted>, CrossEntropy, Adam(1e-2), WeightAverage(Decay = 0.9), Cosine]
[OnNonFinite(NonFinite.RollBack, RollBackLimit = 3, SnapshotEverySteps = 3, LearningRateFactor = 0.25)]
[Epochs(3), BatchSize(4), Seed(3)]
public partial class RollingBack;

[Trainer<Noted>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), WeightAverage(Decay = 0.9), Cosine]
[OnNonFinite(NonFinite.RollBack, RollBackLimit = 3, SnapshotEverySteps = 3, LearningRateFactor = 0.25)]
[Epochs(3), BatchSize(4), Seed(3)]
public partial class RollingBackAutograd;

[Trainer<Noted>, CrossEntropy, Adam(1e-2), Accumulate(2)]
[OnNonFinite(NonFinite.RollBack, SnapshotEverySteps = 1), Epochs(3), BatchSize(4), Seed(3)]
public partial class RollingBackWindows;

[Trainer<Plain>, CrossEntropy, Sgd(0.5), Epochs(3), BatchSize(4), Seed(3)]
[OnNonFinite(NonFinite.RollBack, LearningRateFactor = 0.25)]
public partial class RollingBackPlain;

[Trainer<Noted>, CrossEntropy, Adam(1e-2), OnNonFinite(NonFinite.Stop), Epochs(3), BatchSize(4), Seed(3)]
public partial class StoppingAtNonFinite;

// What it learns beside its network lies in an arena of its own.
[Trainer<Slim>, DistillFeature<Wide>("middle", Teacher = "guided", Weight = 0.5), Distill<Wide>(Weight = 0.5)]
[Adam(1e-2), OnNonFinite(NonFinite.SkipStep), Steps(10)]
public partial class SkippingAdapters;

[Trainer<Slim>, DistillFeature<Wide>("middle", Teacher = "guided", Weight = 0.5), Distill<Wide>(Weight = 0.5)]
[Adam(1e-2), OnNonFinite(NonFinite.RollBack), Steps(10)]
public partial class RollingBackAdapters;
