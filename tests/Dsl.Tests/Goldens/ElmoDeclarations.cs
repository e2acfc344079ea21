namespace Dsl.Tests.Elmo;

[Trainer<BothDirections>, BidirectionalLanguageModel("Next", "Previous"), Sgd(0.5, Momentum = 0.9), Steps(3)]
public partial class BothDirectionsTrainer;

[Trainer<BothDirections>(Backward = Backward.Autograd), BidirectionalLanguageModel("Next", "Previous")]
[Sgd(0.5, Momentum = 0.9), Steps(3)]
public partial class BothDirectionsTrainerByAutograd;

[Trainer<OnMixedLayers>, CrossEntropy(PerPosition = true), Adam(1e-2), BatchSize(32), Epochs(15)]
public partial class OnMixedLayersTrainer;
