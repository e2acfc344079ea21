using Dsl;

namespace Zoo;

/// <summary>Two causal convolutions of normalised weights and the block's input (Bai et al. 2018, arXiv 1803.01271, figure
/// 1b).</summary>
[Block]
[TemporalConv(Arg.Channels, Arg.KernelSize, Dilation = Arg.Dilation, Normalize = WeightNormalization.Weight), ReLU, Dropout(0.25)]
[TemporalConv(Arg.Channels, Arg.KernelSize, Dilation = Arg.Dilation, Normalize = WeightNormalization.Weight), ReLU, Dropout(0.25)]
[Residual, ReLU]
public partial class TemporalBlock;

/// <summary>The first such block, whose input a convolution of one element brings to the number of channels.</summary>
[Block]
[Tag("input"), TemporalConv(Arg.Channels, Arg.KernelSize, Normalize = WeightNormalization.Weight), ReLU, Dropout(0.25)]
[TemporalConv(Arg.Channels, Arg.KernelSize, Normalize = WeightNormalization.Weight), ReLU, Dropout(0.25), Tag("convolved")]
[From("input"), Conv1d(Arg.Channels, 1), Add("convolved"), ReLU]
public partial class WideningTemporalBlock;

/// <summary>
/// The temporal convolutional network of the paper's polyphonic music (4 levels of 150 channels, kernel 5): which of 88 keys
/// sound next, for every step of 128. 882,538 parameters, 1,200 of them the lengths of normalised weights.
/// </summary>
[Model(88, 128)]
[Use<WideningTemporalBlock>(Channels = 150, KernelSize = 5)]
[Use<TemporalBlock>(Channels = 150, KernelSize = 5, Dilation = 2)]
[Use<TemporalBlock>(Channels = 150, KernelSize = 5, Dilation = 4)]
[Use<TemporalBlock>(Channels = 150, KernelSize = 5, Dilation = 8)]
[Permute(2, 1), Linear(88)]
public partial class Tcn;
