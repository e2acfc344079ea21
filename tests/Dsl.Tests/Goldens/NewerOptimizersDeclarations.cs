namespace Dsl.Tests.Recipes;

[Trainer<TwoLayers>, CrossEntropy, Lion(0.01), Steps(20)]
public partial class LionPlain;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy, Lion(0.01), Steps(20)]
public partial class LionAutograd;

[Trainer<TwoLayers>, CrossEntropy, Lion(0.01, Beta1 = 0.8, Beta2 = 0.95, WeightDecay = 0.5), Steps(20)]
public partial class LionDecay;

// A kernel that is wide as a matrix, a matrix that is tall, and a head.
[Model(2, 4, 4), Conv2d(3, 2), ReLU, Flatten, Linear(30), ReLU, Linear(3)]
public partial class Hidden;

[Trainer<Hidden>, CrossEntropy, Muon, Epochs(5), BatchSize(8)]
public partial class MuonPlain;

[Trainer<Hidden>(Backward = Backward.Autograd), CrossEntropy, Muon, Epochs(5), BatchSize(8)]
public partial class MuonAutograd;

[Trainer<Hidden>, CrossEntropy]
[Muon(Momentum = 0.9, Nesterov = false, NewtonSchulzSteps = 4, Except = "0", WeightDecay = 0.1, AdamLearningRate = 1e-3,
    AdamBeta1 = 0.8, AdamBeta2 = 0.9), Epochs(5), BatchSize(8)]
public partial class MuonDecay;
