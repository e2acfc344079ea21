namespace Dsl.Tests.Arrangements;

[Model(24), Reshape(2, 3, 4)]
public partial class Reshaped;

[Model(2, 3, 4), Reshape(4, -1)]
public partial class ReshapedWithUnknown;

[Model(4, 5), Permute(2, 1)]
public partial class Permuted;

[Model(4, 5, 2), Permute(3, 1, 2)]
public partial class PermutedImage;

[Model(2, 5), Pad(2)]
public partial class ZerosAroundSequence;

[Model(2, 4, 5), Pad(1)]
public partial class ZerosAroundImage;

[Model(2, 5), Pad(3, Mode = PaddingMode.Reflect)]
public partial class ReflectedSequence;

[Model(2, 4, 3), Pad(2, Mode = PaddingMode.Reflect)]
public partial class ReflectedImage;

[Model(8, 3, 2), PixelShuffle(2)]
public partial class Shuffled;

[Model(9, 2, 3), PixelShuffle(3)]
public partial class ShuffledByThree;

[Model(2, 3, 4), Upsample(2)]
public partial class Nearest;

[Model(2, 3, 4), Upsample(2, Mode = Interpolation.Bilinear)]
public partial class Bilinear;

[Model(2, 4, 3), Upsample(3, Mode = Interpolation.Bilinear)]
public partial class BilinearByThree;

[Model(8, 4, 5), SqueezeExcite(4)]
public partial class Excited;

// Views of views between layers that write over their input.
[Model(6, 8), Permute(2, 1), ReLU, Permute(2, 1), ReLU, Pad(1), Conv1d(8, 3, Groups = 2), ReLU, MaxPool1d(2), ReLU,
    AvgPool1d(3, Stride = 1, Padding = 1)]
[Reshape(8, 2, 2), ReLU, PixelShuffle(2), ReLU, Upsample(2, Mode = Interpolation.Bilinear), Conv2d(4, 3), SqueezeExcite(2), ReLU]
[ConvTranspose2d(4, 2, Stride = 2), PixelShuffle(1), ReLU, AvgPool2d(2), Pad(2, Mode = PaddingMode.Reflect), AdaptiveAvgPool2d(3)]
[GlobalAvgPool2d, ReLU, Linear(6), Reshape(2, 3), Permute(2, 1), Linear(5), GlobalAvgPool1d]
public partial class Everything;
