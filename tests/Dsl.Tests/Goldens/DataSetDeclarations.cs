namespace Dsl.Tests.DataSets;

[Model(6), Linear(8), Tanh, Tag("trunk"), Linear(3), Output("kind")]
[From("trunk"), Linear(2), Output("size")]
public partial class KindAndSize;

// The objective of the other data stands first; the trainer's data are given first all the same.
[Trainer<KindAndSize>, MeanSquaredError(Of = "size", Data = "sizes", Weight = 0.5), CrossEntropy(Of = "kind")]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class KindAndSizeTrainer;

[Trainer<KindAndSize>(Backward = Backward.Autograd), MeanSquaredError(Of = "size", Data = "sizes", Weight = 0.5)]
[CrossEntropy(Of = "kind"), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class KindAndSizeTrainerByAutograd;

[Trainer<KindAndSize>, MeanSquaredError(Of = "size", Data = "sizes"), CrossEntropy(Of = "kind"), UncertaintyWeighting]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class WeighedKindAndSizeTrainer;

[Trainer<KindAndSize>(Backward = Backward.Autograd), MeanSquaredError(Of = "size", Data = "sizes"), CrossEntropy(Of = "kind")]
[PcGrad, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SurgeryKindAndSizeTrainer;

[Model(6), Linear(8), BatchNorm1d, ReLU, Linear(3)]
public partial class OneHead;

[Trainer<OneHead>, CrossEntropy, CrossEntropy(Data = "others", Weight = 2), Sgd(0.1, Momentum = 0.9), Steps(3)]
public partial class DomainsTrainer;

[Trainer<OneHead>(Backward = Backward.Autograd), CrossEntropy, CrossEntropy(Data = "others", Weight = 2)]
[Sgd(0.1, Momentum = 0.9), Steps(3)]
public partial class DomainsTrainerByAutograd;
