namespace Dsl.Tests.Accuracies;

// With the identity as input, the logits of sample n are column n of the weight.
[Model(8), Linear(4, Bias = false)]
public partial class Table;

[Trainer<Table>, CrossEntropy, Sgd(1), Steps(1)]
public partial class Uncounted;

[Trainer<Table>, CrossEntropy, TrainingAccuracy, Sgd(1), Steps(1)]
public partial class Counted;

[Trainer<Table>(Backward = Backward.Autograd), CrossEntropy, TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedAutograd;

[Trainer<Table>, CrossEntropy, Mixup, TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedMixup;

[Trainer<Table>(Backward = Backward.Autograd), CrossEntropy, Mixup, TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedMixupAutograd;

// What is disturbed is what is learnt; what is counted is the label.
[Trainer<Table>, DisturbLabel(Alpha = 0.5), TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedDisturbed;

[Model(1, 4, 4), Flatten, Linear(3)]
public partial class Pixels;

[Trainer<Pixels>, CrossEntropy, CutMix, TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedCutMix;

[Model(6), Linear(8), Tanh, Tag("hidden", Mix = true), Linear(3), Output("Main"), From("hidden"), Linear(5), Output("Side")]
public partial class Heads;

[Trainer<Heads>, CrossEntropy(Of = "Main"), CrossEntropy(Of = "Side"), ManifoldMixup("hidden", Input = false),
    TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedManifold;

[Model(5, 6), Linear(4)]
public partial class Tokens;

[Trainer<Tokens>, CrossEntropy(PerPosition = true), TrainingAccuracy, Sgd(1), Steps(1)]
public partial class CountedTokens;

// Steps too small to change a prediction.
[Trainer<Table>, CrossEntropy, TrainingAccuracy, Sgd(1e-12), Epochs(3), BatchSize(7), Seed(3)]
public partial class Watching;

[Trainer<Table>(Backward = Backward.Autograd), CrossEntropy, TrainingAccuracy, Sgd(1e-12), Accumulate(2), Epochs(3),
    BatchSize(7), Seed(3)]
public partial class WatchingAccumulated;

[Trainer<Table>, CrossEntropy, TrainingAccuracy, Sgd(1e-12), Epochs(1), BatchSize(2)]
public partial class Saying;

[Trainer<Table>(Backward = Backward.Autograd), CrossEntropy, TrainingAccuracy, Sgd(1e-12), Epochs(1), BatchSize(1), Accumulate(2)]
public partial class SayingAccumulated;
