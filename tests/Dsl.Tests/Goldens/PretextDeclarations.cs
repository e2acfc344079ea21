namespace Dsl.Tests.Pretext;

[Model(1, 8, 8), Flatten, Linear(10), Tanh, Linear(6)]
public partial class Mlp;

[Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6)]
public partial class Cnn;

[Model(6), Linear(8), Tanh, Linear(4)]
public partial class TurnHead;

[Model(6), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(4)]
public partial class TurnHeadNormalized;

[Trainer<Mlp>, Rotation<TurnHead>, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RotationMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Rotation<TurnHead>, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RotationMlpAutograd;

[Trainer<Cnn>, Rotation<TurnHeadNormalized>, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RotationCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), Rotation<TurnHeadNormalized>, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RotationCnnAutograd;

[Trainer<Mlp>, Rotation<TurnHead>, Sgd(0.1, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class RotationAccumulated;

[Model(6), Linear(8), Tanh, Linear(64), Reshape(1, 8, 8)]
public partial class ImageDecoder;

[Model(6), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(64), Reshape(1, 8, 8)]
public partial class ImageDecoderNormalized;

[Trainer<Mlp>, DenoisingAutoencoder<ImageDecoder>, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DenoisingMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), DenoisingAutoencoder<ImageDecoder>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DenoisingMlpAutograd;

[Trainer<Cnn>, DenoisingAutoencoder<ImageDecoderNormalized>, Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DenoisingCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), DenoisingAutoencoder<ImageDecoderNormalized>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DenoisingCnnAutograd;

[Trainer<Mlp>, DenoisingAutoencoder<ImageDecoder>(Masking = 0, Deviation = 0.5), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NoisyMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), DenoisingAutoencoder<ImageDecoder>(Masking = 0, Deviation = 0.5)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NoisyMlpAutograd;

[Trainer<Cnn>, DenoisingAutoencoder<ImageDecoderNormalized>(Masking = 0, Deviation = 0.5)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NoisyCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), DenoisingAutoencoder<ImageDecoderNormalized>(Masking = 0, Deviation = 0.5)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class NoisyCnnAutograd;

[Model(1, 4, 4), Flatten, Linear(10), Tanh, Linear(6)]
public partial class PatchMlp;

[Model(1, 4, 4), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6)]
public partial class PatchCnn;

[Model(12), Linear(8), Tanh, Linear(8)]
public partial class PlaceHead;

[Model(12), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(8)]
public partial class PlaceHeadNormalized;

[Model(24), Linear(8), Tanh, Linear(6)]
public partial class OrderHead;

[Model(24), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(6)]
public partial class OrderHeadNormalized;

[Trainer<PatchMlp>, RelativePosition<PlaceHead>(Jitter = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PositionMlp;

[Trainer<PatchMlp>(Backward = Backward.Autograd), RelativePosition<PlaceHead>(Jitter = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PositionMlpAutograd;

[Trainer<PatchCnn>, RelativePosition<PlaceHeadNormalized>(Jitter = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PositionCnn;

[Trainer<PatchCnn>(Backward = Backward.Autograd), RelativePosition<PlaceHeadNormalized>(Jitter = 1)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PositionCnnAutograd;

[Trainer<PatchMlp>, Jigsaw<OrderHead>(Permutations = 6)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class JigsawMlp;

[Trainer<PatchMlp>(Backward = Backward.Autograd), Jigsaw<OrderHead>(Permutations = 6)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class JigsawMlpAutograd;

[Trainer<PatchCnn>, Jigsaw<OrderHeadNormalized>(Permutations = 6)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class JigsawCnn;

[Trainer<PatchCnn>(Backward = Backward.Autograd), Jigsaw<OrderHeadNormalized>(Permutations = 6)]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class JigsawCnnAutograd;
