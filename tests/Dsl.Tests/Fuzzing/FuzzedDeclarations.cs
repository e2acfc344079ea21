namespace Dsl.Tests.Fuzzed;

// Small ones: a step of each takes less than a millisecond. Each kind of data, label and scheme occurs, and both targets.
[Model(4), Linear(6), ReLU, Linear(3)]
public partial class Flat;

[Trainer<Flat>, CrossEntropy(LabelSmoothing = 0.1), Adam(1e-2), BatchSize(3), Steps(3), TrainingAccuracy]
public partial class FlatTrainer;

[Model(2, 4, 4), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Flatten, Dropout(0.2), Linear(3)]
public partial class Convolved;

[Trainer<Convolved>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.01, Momentum = 0.9)]
[BatchSize(3, DropLast = true), Steps(3)]
public partial class ConvolvedTrainer;

[Augmentation, RandomShift(1)]
public partial class Shifted;

[Trainer<Convolved>, CrossEntropy, MeanTeacher(Ema = 0.9), Augment<Shifted>, AdamW(1e-3)]
[BatchSize(3, Unlabeled = 4, DropLast = true), Steps(3)]
public partial class ConvolvedMeanTeacher;

[Trainer<Convolved>, CrossEntropy, CutMix, Sgd(0.01), BatchSize(3, DropLast = true), Steps(3)]
public partial class ConvolvedCutMix;

[Trainer<Convolved>(Backward = Backward.Autograd), CrossEntropy, Mixup, Sgd(0.01), BatchSize(3, DropLast = true), Steps(3)]
public partial class ConvolvedMixup;

[Trainer<Convolved>, CrossEntropy(Weight = 0.5), Distill(Temperature = 2, Weight = 0.5), Adam(1e-3)]
[BatchSize(3, DropLast = true), Steps(3)]
public partial class ConvolvedDistill;

[Model(4), Linear(6, Bias = false), BatchNorm1d, Tanh, Linear(2)]
public partial class Normed;

[Trainer<Normed>, MeanSquaredError, RmsProp(1e-3), BatchSize(3, DropLast = true), Steps(3)]
public partial class RegressionTrainer;

[Trainer<Normed>(Backward = Backward.Autograd), MultiLabel, Sgd(0.01), ClipGradNorm(1), BatchSize(3, DropLast = true), Steps(3)]
public partial class MultiLabelTrainer;

[Model(5, Elements = Elements.Index), Embedding(7, 4), Lstm(4), Linear(3)]
public partial class Tagged;

[Trainer<Tagged>, CrossEntropy(PerPosition = true), Adam(1e-2), BatchSize(3), Steps(3)]
public partial class TaggedTrainer;

[Model(4), Input("gate", 6), Linear(6), Multiply("gate"), Tanh, Linear(3)]
public partial class TwoInputs;

[Trainer<TwoInputs>(Backward = Backward.Autograd), CrossEntropy(ClassWeights = [1.0, 2.0, 0.5]), Adam(1e-2)]
[Accumulate(2), WeightAverage(Decay = 0.9), BatchSize(3), Steps(3)]
public partial class TwoInputsTrainer;

[Trainer<Flat>, CrossEntropy(ClassWeights = [1.0, 2.0, 0.5]), Adam(1e-2), EarlyStopping(Metric.Loss, Patience = 2)]
[Accumulate(2), BatchSize(3), Steps(3)]
public partial class WindowTrainer;
