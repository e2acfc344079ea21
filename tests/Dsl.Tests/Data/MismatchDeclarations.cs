namespace Dsl.Tests.Data;

[Model(4), Linear(8, Bias = false), BatchNorm1d, ReLU, Linear(3)]
public partial class Narrow;

[Trainer<Narrow>, CrossEntropy, Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class NarrowTrainer;

[Trainer<Narrow>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class NarrowAutogradTrainer;

[Trainer<Narrow>, CrossEntropy, Sgd(1e10), Epochs(20), BatchSize(4)]
public partial class WildTrainer;

[Model(3, 8, 8), Conv2d(4, 3, Padding = 1), ReLU, MaxPool2d(2), Flatten, Linear(3)]
public partial class Pooled;

[Trainer<Pooled>, CrossEntropy, Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class PooledTrainer;

[Augmentation, Normalize([0.1, 0.2, 0.3], [1, 1, 1])]
public partial class Colors;

[Trainer<Pooled>, CrossEntropy, Augment<Colors>, Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class NormalizedTrainer;

[Model(5), Input("gate", 5), Multiply("gate"), Linear(2)]
public partial class Gated;

[Trainer<Gated>, CrossEntropy, Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class GatedTrainer;

[Model(6, Elements = Elements.Index), Embedding(10, 4), Flatten, Linear(2)]
public partial class Tokens;

[Trainer<Tokens>, CrossEntropy, Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class TokensTrainer;

[Model(6, 4), Linear(3)]
public partial class Tagger;

[Trainer<Tagger>, CrossEntropy(PerPosition = true), Sgd(0.01), Epochs(1), BatchSize(4)]
public partial class TaggerTrainer;
