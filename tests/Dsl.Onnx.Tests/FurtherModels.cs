namespace Dsl.Tests.OnnxFiles;

/// <summary>Layers that no model of the other tests has.</summary>
[Model(6), BayesianLinear(8), Tanh, LearnedScale, CosineLinear(4)]
public partial class UncertainCosine;

[Model(5), Input("other", 3), Bilinear(4, With = "other")]
public partial class Pairing;

[Model(4, 6, 6), Input("condition", 16), Conv2d(8, 3, Padding = 1), FiLM("condition"), ReLU, MaskedConv2d(4, 3, PixelMask.B)]
public partial class Conditioned;

[Model(2, 5, 4), MaskedConv2d(6, 3, PixelMask.A), RowLstm(4, 5), RowLstm(3), Conv2d(2, 1)]
public partial class RowByRow;

[Model(1, 4, 5), Input("digit", Elements = Elements.Index), Tag("image")]
[From("digit"), Embedding(10, 6), Tag("which")]
[From("image"), MaskedConv2d(6, 3, PixelMask.A), ChannelBias("which"), ReLU, Conv2d(2, 1)]
public partial class ByDigit;

[Model(5, 8), MixedPrecision, SelfAttention(2), Flatten, Linear(4)]
public partial class ShortSequence;

[Model(2, 6, 6), MixedPrecision, Conv2d(4, 3), ReLU, ConvTranspose2d(3, 2, Stride = 2, Bias = false), Flatten, Linear(3)]
public partial class ShortImages;

[Model(6), Input("time", Elements = Elements.Index), Linear(6), Tag("code")]
[From("time"), TimestepEmbedding(8), Linear(6), Add("code")]
public partial class Timed;

[Model(6), Linear(8), Tag("code"), NormalSample, StopGradient, Linear(6)]
public partial class Sampled;

[Model(6), Input("memory", 4), GruCell("memory"), Tag("next"), Linear(3), Output("Logits"), From("next"), Output("Memory")]
public partial class Remembering;

[Model(6), Linear(8), ReLU, Output("First"), Linear(3), Output("Second")]
public partial class TwoHeads;

[Model(6), Linear(4, Normalize = WeightNormalization.Weight), Linear(3, Normalize = WeightNormalization.Spectral)]
public partial class NormalizedWeightsNet;

[Model(3, 7, 9), Pad(1, Mode = PaddingMode.Reflect), Conv2d(4, 3), AdaptiveAvgPool2d(4), Upsample(2), Flatten, Linear(2)]
public partial class UnevenPooling;

[Model(6), Linear(5), LeakyReLU(0.2), Tag("w"), Linear(6), Tag("style")]
[LearnedConstant(3, 4, 4), PixelNoise(Initial = 0.5), InstanceNorm2d, FiLM("style"), Upsample(2), Conv2d(1, 3, Padding = 1)]
public partial class StyleBased;

[Model(6), Linear(12), Reshape(3, 2, 2), Tag("at2"), Conv2d(1, 1), Upsample(2), Tag("from2")]
[From("at2"), Upsample(2), Conv2d(1, 3, Padding = 1), FadeIn("from2", 1)]
public partial class Grown;
