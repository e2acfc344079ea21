using Dsl;

namespace Zoo;

/// <summary>Two convolutions with pre-activation and a shortcut (Zagoruyko and Komodakis 2016, arXiv 1605.07146, figure
/// 1).</summary>
[Block]
[BatchNorm2d, ReLU, Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false)]
[BatchNorm2d, ReLU, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false)]
[Residual(Shortcut.Convolution)]
public partial class WideBlock;

/// <summary>WRN-28-2: 1,467,610 parameters. The shortcut's convolution reads the block's input, not its activation.</summary>
[Model(3, 32, 32)]
[Conv2d(16, 3, Padding = 1, Bias = false)]
[Use<WideBlock>(Channels = 32, Times = 4)]
[Use<WideBlock>(Channels = 64, Stride = 2), Use<WideBlock>(Channels = 64, Times = 3)]
[Use<WideBlock>(Channels = 128, Stride = 2), Use<WideBlock>(Channels = 128, Times = 3)]
[BatchNorm2d, ReLU, GlobalAvgPool2d, Linear(10)]
public partial class WideResNet28x2;
