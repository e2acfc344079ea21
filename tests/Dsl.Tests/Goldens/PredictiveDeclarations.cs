namespace Dsl.Tests.Predictive;

// 4 of 16 patches of 2 x 2, each with its place.
[Model(4, 20), Linear(8), TransformerEncoderLayer(2, 12, Dropout = 0, NormFirst = true), LayerNorm]
public partial class VisiblePatches;

[Model(16, 9), Linear(6), PositionalEmbedding, TransformerEncoderLayer(2, 10, Dropout = 0, NormFirst = true), Linear(4)]
public partial class PatchDecoder;

[Trainer<VisiblePatches>, MaskedAutoencoder<PatchDecoder>(Patch = 2), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MaskedPatches;

[Trainer<VisiblePatches>(Backward = Backward.Autograd), MaskedAutoencoder<PatchDecoder>(Patch = 2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MaskedPatchesAutograd;

[Trainer<VisiblePatches>, MaskedAutoencoder<PatchDecoder>(Patch = 2), Sgd(0.1, Momentum = 0.9)]
[BatchSize(4), Accumulate(2), Steps(3)]
public partial class MaskedPatchesAccumulated;

[Trainer<VisiblePatches>, MaskedAutoencoder<PatchDecoder>(Patch = 2, NormalizeTargets = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MaskedNormalized;

[Trainer<VisiblePatches>(Backward = Backward.Autograd), MaskedAutoencoder<PatchDecoder>(Patch = 2, NormalizeTargets = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MaskedNormalizedAutograd;

[Model(3, 9), Linear(8), TransformerEncoderLayer(2, 12, Dropout = 0, NormFirst = true), LayerNorm]
public partial class VisibleTokens;

[Model(6, 9), Linear(6), PositionalEmbedding, TransformerEncoderLayer(2, 10, Dropout = 0, NormFirst = true), Linear(3)]
public partial class TokenDecoder;

[Trainer<VisibleTokens>, MaskedAutoencoder<TokenDecoder>(Ratio = 0.4), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MaskedTokens;

[Trainer<VisibleTokens>(Backward = Backward.Autograd), MaskedAutoencoder<TokenDecoder>(Ratio = 0.4)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class MaskedTokensAutograd;

// The layers of VisiblePatches for all patches.
[Model(16, 20), Linear(8), TransformerEncoderLayer(2, 12, Dropout = 0, NormFirst = true), LayerNorm]
public partial class AllPatches;

[Model(7, 3), Linear(4), Tanh]
public partial class Places;

[Model(7, 3), Linear(4, Bias = false), Permute(2, 1), BatchNorm1d, Permute(2, 1), Tanh]
public partial class PlacesNormalized;

[Model(7, 4), Gru(5)]
public partial class Past;

[Model(7, 5), Linear(12, Bias = false)]
public partial class Futures;

[Trainer<Places>, Cpc<Past, Futures>(Horizons = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class Predicted;

[Trainer<Places>(Backward = Backward.Autograd), Cpc<Past, Futures>(Horizons = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PredictedAutograd;

[Trainer<PlacesNormalized>, Cpc<Past, Futures>(Horizons = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PredictedNormalized;

[Trainer<PlacesNormalized>(Backward = Backward.Autograd), Cpc<Past, Futures>(Horizons = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PredictedNormalizedAutograd;

[Model(7, Elements = Elements.Index), Embedding(7, 4), Flatten, Linear(10), Tanh, Linear(6)]
public partial class Words;

[Model(7, 3), Flatten, Linear(10, Bias = false), BatchNorm1d, Tanh, Linear(6)]
public partial class Vectors;

[Model(6), Linear(8), Tanh, Linear(2)]
public partial class PairHead;

[Model(6), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(2)]
public partial class PairHeadNormalized;

[Trainer<Words>, SentenceOrder<PairHead>(Start = 1), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SentenceWords;

[Trainer<Words>(Backward = Backward.Autograd), SentenceOrder<PairHead>(Start = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SentenceWordsAutograd;

[Trainer<Vectors>, SentenceOrder<PairHeadNormalized>(Start = 1), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SentenceVectors;

[Trainer<Vectors>(Backward = Backward.Autograd), SentenceOrder<PairHeadNormalized>(Start = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SentenceVectorsAutograd;

[Trainer<Words>, NextSentence<PairHead>(Start = 1), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NextWords;

[Trainer<Words>(Backward = Backward.Autograd), NextSentence<PairHead>(Start = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NextWordsAutograd;

[Trainer<Vectors>, NextSentence<PairHeadNormalized>(Start = 1), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NextVectors;

[Trainer<Vectors>(Backward = Backward.Autograd), NextSentence<PairHeadNormalized>(Start = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NextVectorsAutograd;

[Model(1, 4, 4), Flatten, Linear(10), Tanh, Linear(6)]
public partial class Frame;

[Model(1, 4, 4), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6)]
public partial class FrameNormalized;

[Model(18), Linear(8), Tanh, Linear(4)]
public partial class FrameHead;

[Model(18), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(4)]
public partial class FrameHeadNormalized;

[Trainer<Frame>, TemporalOrder<FrameHead>(3, Permutations = 4), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class Ordered;

[Trainer<Frame>(Backward = Backward.Autograd), TemporalOrder<FrameHead>(3, Permutations = 4)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class OrderedAutograd;

[Trainer<FrameNormalized>, TemporalOrder<FrameHeadNormalized>(3, Permutations = 4)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class OrderedNormalized;

[Trainer<FrameNormalized>(Backward = Backward.Autograd), TemporalOrder<FrameHeadNormalized>(3, Permutations = 4)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class OrderedNormalizedAutograd;

[Model(1, 8, 8), Conv2d(3, 3, Stride = 2, Padding = 1), Tanh]
public partial class Gray;

[Model(1, 8, 8), Conv2d(3, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, Tanh]
public partial class GrayNormalized;

[Model(3, 4, 4), Conv2d(9, 1)]
public partial class Colors;

[Trainer<Gray>, Colorization<Colors>(Bins = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class Colored;

[Trainer<Gray>(Backward = Backward.Autograd), Colorization<Colors>(Bins = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ColoredAutograd;

[Trainer<GrayNormalized>, Colorization<Colors>(Bins = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ColoredNormalized;

[Trainer<GrayNormalized>(Backward = Backward.Autograd), Colorization<Colors>(Bins = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ColoredNormalizedAutograd;

[Trainer<Gray>, Colorization<Colors>(Bins = 3), Sgd(0.1, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class ColoredAccumulated;
