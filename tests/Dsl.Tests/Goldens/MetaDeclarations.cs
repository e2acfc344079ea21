namespace Dsl.Tests.Meta;

[Model(1), Linear(16), Tanh, Linear(16), Tanh, Linear(1)]
public partial class Sine;

[Trainer<Sine>, MeanSquaredError, Maml(InnerRate = 0.05), Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class MamlOneStep;

[Trainer<Sine>(Backward = Backward.Autograd), MeanSquaredError, Maml(InnerRate = 0.05)]
[Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class MamlOneStepAutograd;

[Trainer<Sine>, MeanSquaredError, Maml(InnerRate = 0.05, InnerSteps = 2), Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class MamlTwoSteps;

[Trainer<Sine>, MeanSquaredError, Maml(InnerRate = 0.05, FirstOrder = true), Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class MamlFirstOrder;

[Trainer<Sine>, MeanSquaredError, Maml(InnerRate = 0.05, InnerSteps = 2, AdaptedLayers = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class Anil;

[Trainer<Sine>, MeanSquaredError, Reptile(InnerRate = 0.05, InnerSteps = 3), Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class ReptileThreeSteps;

[Trainer<Sine>(Backward = Backward.Autograd), MeanSquaredError, Reptile(InnerRate = 0.05, InnerSteps = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(4), Steps(3)]
public partial class ReptileThreeStepsAutograd;
