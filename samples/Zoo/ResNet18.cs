using Dsl;

namespace Zoo;

/// <summary>Two convolutions and a shortcut (He et al. 2016, arXiv 1512.03385, figure 2).</summary>
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
