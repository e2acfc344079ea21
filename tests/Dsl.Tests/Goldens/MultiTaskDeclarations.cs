namespace Dsl.Tests.MultiTask;

[Model(6), Linear(8), Tanh, Tag("trunk"), Linear(3), Output("first")]
[From("trunk"), Linear(3), Output("second")]
public partial class TwoHeads;

[Trainer<TwoHeads>, CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Weight = 3), UncertaintyWeighting]
[Sgd(0.1, Momentum = 0.9), Steps(3)]
public partial class WeighedTrainer;

[Trainer<TwoHeads>(Backward = Backward.Autograd), CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Weight = 3)]
[UncertaintyWeighting, Sgd(0.1, Momentum = 0.9), Steps(3)]
public partial class WeighedTrainerByAutograd;

[Trainer<TwoHeads>(Backward = Backward.Autograd), CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Weight = 3), PcGrad]
[Sgd(0.1, Momentum = 0.9), Steps(3)]
public partial class SurgeryTrainer;

[Trainer<TwoHeads>(Backward = Backward.Autograd), CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Weight = 3)]
[GradNorm(1.5), Sgd(0.1, Momentum = 0.9), Steps(3)]
public partial class BalancedTrainer;

// What the trainer learns itself is shared by nobody.
[Trainer<TwoHeads>(Backward = Backward.Autograd), CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Weight = 3), PcGrad]
[UncertaintyWeighting, Sgd(0.1, Momentum = 0.9), ClipGradNorm(5), Steps(3)]
public partial class WeighedSurgeryTrainer;

[Trainer<TwoHeads>(Backward = Backward.Autograd), CrossEntropy(Of = "first"), CrossEntropy(Of = "second", Weight = 3)]
[UncertaintyWeighting, Sgd(0.1, Momentum = 0.9), ClipGradNorm(5), Steps(3)]
public partial class WeighedPlainTrainer;
