namespace Dsl.Tests.Attention;

[Model(5, 8), SelfAttention(2)]
public partial class Heads2;

[Model(5, 8), SelfAttention(4)]
public partial class Heads4;

[Model(5, 8), SelfAttention(2, Causal = true)]
public partial class Causal;

[Model(5, 8), SelfAttention(2, Bias = false)]
public partial class NoBias;

[Model(5, 8), SelfAttention(2, Rotary = true)]
public partial class Rotary;

[Model(5, 8), SelfAttention(1, Rotary = true, RotaryBase = 100, Causal = true)]
public partial class RotaryCausal;

[Model(5, 8), Tag("memory"), Permute(2, 1), Linear(3), Permute(2, 1), CrossAttention(2)]
public partial class Cross;

[Model(5, 8), Tag("context"), Permute(2, 1), Linear(3), Permute(2, 1), CrossAttention(2, Bias = false, Context = "context")]
public partial class CrossNoBias;

[Model(5, 8), Tag("memory"), Permute(2, 1), Linear(3), Permute(2, 1), Linear(6), CrossAttention(3)]
public partial class CrossOtherFeatures;

[Model(5, 8), FeedForward(12)]
public partial class Feeds;

[Model(5, 8), FeedForward(12, Activation = Activation.GELU)]
public partial class FeedsGelu;

[Model(5, 8), FeedForward(12, Activation = Activation.GELUTanh)]
public partial class FeedsGeluTanh;

[Model(5, 8), FeedForward(12, Activation = Activation.SiLU, Bias = false)]
public partial class FeedsSiluNoBias;

[Model(5, 8), TransformerEncoderLayer(2, 12, Dropout = 0)]
public partial class Encoder;

[Model(5, 8), TransformerEncoderLayer(2, 12, Dropout = 0, NormFirst = true)]
public partial class EncoderNormFirst;

[Model(5, 8), TransformerEncoderLayer(2, 12, Dropout = 0, NormFirst = true, Activation = Activation.GELU, Causal = true)]
public partial class EncoderGeluCausal;

[Model(5, 8), TransformerEncoderLayer(4, 12, Dropout = 0, Epsilon = 0.01)]
public partial class EncoderEpsilon;

[Model(5, 8), Tag("memory"), Permute(2, 1), Linear(3), Permute(2, 1), TransformerDecoderLayer(2, 12, Dropout = 0)]
public partial class Decoder;

[Model(5, 8), Tag("memory"), Permute(2, 1), Linear(3), Permute(2, 1)]
[TransformerDecoderLayer(2, 12, Dropout = 0, NormFirst = true, Activation = Activation.GELU)]
public partial class DecoderNormFirst;

[Model(5, 8), Tag("memory"), Permute(2, 1), Linear(3), Permute(2, 1), TransformerDecoderLayer(2, 12, Dropout = 0, Causal = false)]
public partial class DecoderNotCausal;

[Model(5, 8), PositionalEmbedding]
public partial class Positions;

[Model(5, 8), PositionalEmbedding(7)]
public partial class PositionsOfMore;

[Model(5, 8), SinusoidalEncoding]
public partial class Sinusoids;

[Model(6, 7), SinusoidalEncoding(Base = 100)]
public partial class SinusoidsOdd;

// Every layer behind another one that writes over its input, with dropout everywhere and both kinds of context.
[Model(6, 8), SinusoidalEncoding, Linear(12), PositionalEmbedding(9),
    TransformerEncoderLayer(3, 20, Dropout = 0.2, Bias = false), Tag("memory")]
[SelfAttention(2, Rotary = true, Causal = true, Dropout = 0.3), ReLU, Linear(8), Permute(2, 1), Linear(4), Permute(2, 1)]
[CrossAttention(4, Dropout = 0.1), FeedForward(10, Dropout = 0.4), Linear(12)]
[TransformerDecoderLayer(2, 16, NormFirst = true, Activation = Activation.SiLU),
    TransformerEncoderLayer(6, 16, NormFirst = true, Causal = true)]
[TransformerDecoderLayer(3, 16, Bias = false), LayerNorm, ReLU, ClassToken, ReLU, TransformerEncoderLayer(2, 8), Place, ReLU,
    Linear(5)]
public partial class EverySequenceLayer;

[Model(4, Elements = Elements.Index), Embedding(7, 6)]
public partial class Tokens;

[Model(4, Elements = Elements.Index), Embedding(7, 6, PaddingIndex = 2)]
public partial class PaddedTokens;

[Model(4, Elements = Elements.Index), Embedding(7, 6, Scaled = true)]
public partial class ScaledTokens;

[Model(5, 8), ClassToken]
public partial class WithClassToken;

[Model(5, 8), Place(2)]
public partial class ThirdPlace;

[Model(5, 8), Place(-1)]
public partial class LastPlace;
