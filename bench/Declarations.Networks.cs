using Dsl;

namespace Bench;

/// <summary>So small that what is paid for each operation counts, not what it computes.</summary>
[Model(64), Linear(64), ReLU, Linear(64), ReLU, Linear(10)]
public partial class SmallMlp;

/// <summary>LeNet-5 (LeCun et al. 1998) as it is built today: 61,706 parameters.</summary>
[Model(1, 28, 28)]
[Conv2d(6, 5, Padding = 2), Tanh, AvgPool2d(2)]
[Conv2d(16, 5), Tanh, AvgPool2d(2)]
[Flatten, Linear(120), Tanh, Linear(84), Tanh, Linear(10)]
public partial class LeNet;

[Block]
[Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d]
[Residual(Shortcut.Projection), ReLU]
public partial class BasicBlock;

/// <summary>ResNet-18 with the stem for 32x32 images: 11,173,962 parameters.</summary>
[Model(3, 32, 32)]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use<BasicBlock>(Channels = 64, Times = 2)]
[Use<BasicBlock>(Channels = 128, Stride = 2), Use<BasicBlock>(Channels = 128)]
[Use<BasicBlock>(Channels = 256, Stride = 2), Use<BasicBlock>(Channels = 256)]
[Use<BasicBlock>(Channels = 512, Stride = 2), Use<BasicBlock>(Channels = 512)]
[GlobalAvgPool2d, Linear(10)]
public partial class ResNet18;

[Block]
[BatchNorm2d, ReLU, Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false)]
[BatchNorm2d, ReLU, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false)]
[Residual(Shortcut.Convolution)]
public partial class WideBlock;

/// <summary>WRN-28-2: 1,467,610 parameters.</summary>
[Model(3, 32, 32)]
[Conv2d(16, 3, Padding = 1, Bias = false)]
[Use<WideBlock>(Channels = 32, Times = 4)]
[Use<WideBlock>(Channels = 64, Stride = 2), Use<WideBlock>(Channels = 64, Times = 3)]
[Use<WideBlock>(Channels = 128, Stride = 2), Use<WideBlock>(Channels = 128, Times = 3)]
[BatchNorm2d, ReLU, GlobalAvgPool2d, Linear(10)]
public partial class WideResNet;

[Block, TransformerEncoderLayer(3, 768, NormFirst = true, Activation = Activation.GELU, Dropout = 0)]
public partial class ViTLayer;

/// <summary>ViT-Ti/4 for 32x32 images: 5,362,762 parameters.</summary>
[Model(3, 32, 32)]
[Conv2d(192, 4, Stride = 4), Reshape(192, 64), Permute(2, 1), ClassToken, PositionalEmbedding]
[Use<ViTLayer>(Times = 12), LayerNorm, Place(0), Linear(10)]
public partial class ViT;

/// <summary>A graph convolutional network of Cora's sizes: 23,063 parameters.</summary>
[Model(1433), EdgeList, GraphConv(16), ReLU, GraphConv(7)]
public partial class Gcn;

/// <summary>Values of two actions.</summary>
[Model(4), Linear(128), ReLU, Linear(84), ReLU, Linear(2)]
public partial class QNet;

/// <summary>Tells noise from images at each of 100 levels, an embedding for each level.</summary>
[Model(1, 8, 8), Input("time", Elements = Elements.Index), Flatten, Tag("noisy")]
[From("time"), Embedding(100, 64), Tag("level")]
[From("noisy"), Concat("level"), Linear(256), SiLU, Linear(256), SiLU, Linear(64), Reshape(1, 8, 8)]
public partial class Denoiser;

[Augmentation, RandomShift(4)]
public partial class WeakView;

[Augmentation, RandomShift(4), GaussianNoise(0.1), Cutout(16)]
public partial class StrongView;
