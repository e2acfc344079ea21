namespace Dsl.Tests.Layers;

[Model(7), Linear(5)]
public partial class LinearNet;

[Model(7), Linear(5, Bias = false)]
public partial class LinearNoBias;

[Model(3, 7, 7), Conv2d(4, 3)]
public partial class Conv;

[Model(3, 7, 7), Conv2d(4, 3, Bias = false)]
public partial class ConvNoBias;

[Model(3, 7, 7), Conv2d(4, 3, Padding = 1)]
public partial class ConvPadding;

[Model(3, 8, 8), Conv2d(4, 3, Stride = 2)]
public partial class ConvStride;

[Model(3, 7, 7), Conv2d(4, 3, Dilation = 2)]
public partial class ConvDilation;

[Model(4, 7, 7), Conv2d(6, 3, Groups = 2)]
public partial class ConvGroups;

[Model(4, 7, 7), Conv2d(4, 3, Groups = 4, Padding = 1)]
public partial class ConvDepthwise;

[Model(3, 7, 7), Conv2d(4, 1)]
public partial class ConvPointwise;

[Model(3, 8, 8), Conv2d(4, 2, Stride = 2)]
public partial class ConvEven;

[Model(4, 9, 9), Conv2d(6, 3, Stride = 2, Padding = 2, Dilation = 2, Groups = 2, Bias = false)]
public partial class ConvAllOptions;

[Model(5), BatchNorm1d]
public partial class Norm1d;

[Model(5), BatchNorm1d(Momentum = 0.3, Epsilon = 0.01)]
public partial class Norm1dSettings;

[Model(4, 5, 5), BatchNorm2d]
public partial class Norm2d;

[Model(4, 5, 5), BatchNorm2d(Momentum = 0.3, Epsilon = 0.01)]
public partial class Norm2dSettings;

[Model(10), ReLU]
public partial class Rectifier;

[Model(3, 8, 8), MaxPool2d(2)]
public partial class Pool;

[Model(3, 7, 7), MaxPool2d(2)]
public partial class PoolOdd;

[Model(3, 8, 8), MaxPool2d(3, Stride = 2, Padding = 1)]
public partial class PoolOverlapping;

[Model(2, 4, 4), Flatten]
public partial class Flat;

[Model(10), Dropout(0)]
public partial class NoDropout;

[Model(10), Dropout(0.5)]
public partial class HalfDropout;

[Model(12), Linear(16), ReLU, Linear(5)]
public partial class Mlp;

[Model(1, 8, 8)]
[Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU]
[Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(16), ReLU, Linear(10)]
public partial class Cnn;
