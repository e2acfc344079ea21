namespace Dsl.Tests.Composition;

[Block]
[Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d]
[Residual(Shortcut.Projection), ReLU]
public partial class BasicBlock;

// He et al. 2016 with the stem for 32x32 images. The pooling before the classifier has no parameters: its kind does not count.
[Model(3, 32, 32)]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use<BasicBlock>(Channels = 64, Times = 2)]
[Use<BasicBlock>(Channels = 128, Stride = 2), Use<BasicBlock>(Channels = 128)]
[Use<BasicBlock>(Channels = 256, Stride = 2), Use<BasicBlock>(Channels = 256)]
[Use<BasicBlock>(Channels = 512, Stride = 2), Use<BasicBlock>(Channels = 512)]
[MaxPool2d(4), Flatten, Linear(10)]
public partial class ResNet18;

[Model(2, 8, 8)]
[Conv2d(4, 3, Padding = 1), Use<BasicBlock>(Channels = 4), Use<BasicBlock>(Channels = 6, Stride = 2)]
[Flatten, Linear(5)]
public partial class SmallResNet;

[Block]
[Tag("in"), BatchNorm2d, ReLU, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), Concat("in")]
public partial class DenseLayer;

// Blocks in blocks, concatenation, products: everything that reuses a value.
[Block]
[Use<DenseLayer>(Channels = Arg.Channels, Times = 2)]
[Tag("gate"), Conv2d(8, 1), ReLU, Conv2d(8, 1), Multiply("gate"), Add("gate")]
public partial class GatedDense;

[Model(2, 6, 6)]
[Use<GatedDense>(Channels = 3), MaxPool2d(2), Flatten, Linear(5)]
public partial class Reuse;

[Trainer<SmallResNet>, CrossEntropy, Adam(1e-2), Steps(10)]
public partial class ResNetExplicit;

[Trainer<SmallResNet>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), Steps(10)]
public partial class ResNetAutograd;

[Trainer<Reuse>, CrossEntropy, Adam(1e-2), Steps(10)]
public partial class ReuseExplicit;

[Trainer<Reuse>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), Steps(10)]
public partial class ReuseAutograd;
