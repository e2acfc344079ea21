namespace Dsl.Tests.Pooling;

[Model(2, 9), MaxPool1d(2)]
public partial class MaxSequence;

[Model(2, 8), MaxPool1d(3, Stride = 2, Padding = 1)]
public partial class MaxSequenceOverlapping;

[Model(2, 9), AvgPool1d(2)]
public partial class MeanSequence;

[Model(2, 8), AvgPool1d(3, Stride = 2, Padding = 1)]
public partial class MeanSequencePadded;

[Model(2, 8), AvgPool1d(3, Stride = 2, Padding = 1, CountIncludePad = false)]
public partial class MeanSequencePaddingNotCounted;

[Model(2, 7, 6), AvgPool2d(2)]
public partial class MeanImage;

[Model(2, 8, 7), AvgPool2d(3, Stride = 2, Padding = 1)]
public partial class MeanImagePadded;

[Model(2, 8, 7), AvgPool2d(3, Stride = 2, Padding = 1, CountIncludePad = false)]
public partial class MeanImagePaddingNotCounted;

[Model(2, 6, 4), AdaptiveAvgPool2d(2)]
public partial class Adaptive;

[Model(2, 7, 5), AdaptiveAvgPool2d(3)]
public partial class AdaptiveOverlapping;

[Model(2, 3, 5), AdaptiveAvgPool2d(4)]
public partial class AdaptiveEnlarging;

[Model(2, 5, 4), AdaptiveAvgPool2d(1)]
public partial class AdaptiveOfOne;

[Model(4, 7), GlobalAvgPool1d]
public partial class GlobalSequence;

[Model(4, 5, 6), GlobalAvgPool2d]
public partial class GlobalImage;
