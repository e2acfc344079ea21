namespace Dsl.Tests.Convolutions;

[Model(3, 9), Conv1d(4, 3)]
public partial class Sequence;

[Model(4, 10), Conv1d(6, 3, Stride = 2, Padding = 2, Dilation = 2, Groups = 2, Bias = false)]
public partial class SequenceAllOptions;

[Model(2, 4, 5, 6), Conv3d(3, 3)]
public partial class Volume;

[Model(4, 5, 4, 6), Conv3d(6, 2, Stride = 2, Padding = 1, Dilation = 2, Groups = 2, Bias = false)]
public partial class VolumeAllOptions;

[Model(3, 7), ConvTranspose1d(4, 3)]
public partial class TransposedSequence;

[Model(4, 5), ConvTranspose1d(6, 3, Stride = 3, Padding = 1, OutputPadding = 2, Dilation = 2, Groups = 2, Bias = false)]
public partial class TransposedSequenceAllOptions;

[Model(3, 5, 5), ConvTranspose2d(4, 3)]
public partial class TransposedImage;

[Model(3, 4, 4), ConvTranspose2d(4, 3, Stride = 2, Padding = 1, OutputPadding = 1)]
public partial class Doubling;

[Model(4, 4, 3), ConvTranspose2d(6, 2, Stride = 2, Padding = 1, OutputPadding = 1, Dilation = 3, Groups = 2, Bias = false)]
public partial class TransposedImageAllOptions;

[Model(3, 8), TemporalConv(4, 3)]
public partial class Causal;

[Model(4, 9), TemporalConv(6, 2, Dilation = 4, Groups = 2, Bias = false)]
public partial class CausalDilated;

[Model(3, 5), TemporalConv(4, 1)]
public partial class CausalPointwise;
