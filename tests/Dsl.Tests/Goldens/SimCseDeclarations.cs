namespace Dsl.Tests.SimCses;

// Drops next to nothing: what is compared with PyTorch has no masks.
[Model(1, 8, 8)]
[Flatten, Linear(12), ReLU, Dropout(1e-7), Linear(12)]
public partial class Mlp;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Dropout(1e-7), Linear(12, Bias = false)]
public partial class Cnn;

[Model(6, Elements = Elements.Index), Embedding(9, 8), TransformerEncoderLayer(2, 16, Dropout = 0.3), Flatten, Linear(12)]
public partial class Sentences;

[Trainer<Mlp>, SimCse(Temperature = 0.2), Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimCseMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), SimCse(Temperature = 0.2), Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimCseMlpAutograd;

[Trainer<Cnn>, SimCse(Temperature = 0.2), Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimCseCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), SimCse(Temperature = 0.2), Sgd(0.05, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimCseCnnAutograd;

[Trainer<Sentences>, SimCse, Adam(1e-3), BatchSize(5), Steps(3)]
public partial class SimCseSentences;

[Trainer<Sentences>(Backward = Backward.Autograd), SimCse, Adam(1e-3), BatchSize(5), Steps(3)]
public partial class SimCseSentencesAutograd;
