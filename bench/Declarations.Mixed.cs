using Dsl;

namespace Bench;

// Twins whose products take factors of 16 bits.

[Model(784), MixedPrecision, Linear(256), ReLU, Linear(256), ReLU, Linear(10)]
public partial class MixedMlp;

[Model(3, 32, 32), MixedPrecision]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use<BasicBlock>(Channels = 64, Times = 2)]
[Use<BasicBlock>(Channels = 128, Stride = 2), Use<BasicBlock>(Channels = 128)]
[Use<BasicBlock>(Channels = 256, Stride = 2), Use<BasicBlock>(Channels = 256)]
[Use<BasicBlock>(Channels = 512, Stride = 2), Use<BasicBlock>(Channels = 512)]
[GlobalAvgPool2d, Linear(10)]
public partial class MixedResNet18;

[Model(3, 32, 32), MixedPrecision]
[Conv2d(192, 4, Stride = 4), Reshape(192, 64), Permute(2, 1), ClassToken, PositionalEmbedding]
[Use<ViTLayer>(Times = 12), LayerNorm, Place(0), Linear(10)]
public partial class MixedViT;

[Model(64, Elements = Elements.Index), MixedPrecision]
[Embedding(65, 128), PositionalEmbedding, Use<GptLayer>(Times = 4), LayerNorm, Linear(65)]
public partial class MixedGpt;

[Trainer<MixedMlp>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class MixedMlpExplicit;

[Trainer<MixedMlp>(Backward = Backward.Autograd)]
[CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class MixedMlpAutograd;

[Trainer<MixedGpt>, CrossEntropy(PerPosition = true), Adam(1e-3), Steps(1_000_000)]
public partial class MixedGptExplicit;

[Trainer<MixedGpt>(Backward = Backward.Autograd)]
[CrossEntropy(PerPosition = true), Adam(1e-3), Steps(1_000_000)]
public partial class MixedGptAutograd;

[Trainer<MixedViT>, CrossEntropy, AdamW(1e-4, WeightDecay = 0.05), Steps(1_000_000)]
public partial class MixedViTExplicit;

[Trainer<MixedViT>(Backward = Backward.Autograd)]
[CrossEntropy, AdamW(1e-4, WeightDecay = 0.05), Steps(1_000_000)]
public partial class MixedViTAutograd;

[Trainer<MixedResNet18>, CrossEntropy, Sgd(0.002, Momentum = 0.9, WeightDecay = 5e-4), Steps(1_000_000)]
public partial class MixedResNet18Explicit;

[Trainer<MixedResNet18>(Backward = Backward.Autograd)]
[CrossEntropy, Sgd(0.002, Momentum = 0.9, WeightDecay = 5e-4), Steps(1_000_000)]
public partial class MixedResNet18Autograd;
