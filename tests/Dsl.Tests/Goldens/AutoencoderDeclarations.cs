namespace Dsl.Tests.Autoencoders;

[Model(1, 8, 8), Flatten, Linear(10), Tanh, Linear(6)]
public partial class Mlp;

[Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6)]
public partial class Cnn;

[Model(1, 8, 8), Flatten, Linear(10), Tanh, Linear(12)]
public partial class PosteriorMlp;

[Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(12)]
public partial class PosteriorCnn;

[Model(6), Linear(8), Tanh, Linear(64), Reshape(1, 8, 8)]
public partial class Decoder;

[Model(6), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(64), Reshape(1, 8, 8)]
public partial class DecoderNormalized;

[Trainer<Mlp>, Autoencoder<Decoder>, Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PlainMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Autoencoder<Decoder>, Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PlainMlpAutograd;

[Trainer<Cnn>, Autoencoder<DecoderNormalized>, Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PlainCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), Autoencoder<DecoderNormalized>, Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class PlainCnnAutograd;

[Trainer<Mlp>, Autoencoder<Decoder>(Likelihood = Likelihood.Bernoulli), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BinaryMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Autoencoder<Decoder>(Likelihood = Likelihood.Bernoulli)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BinaryMlpAutograd;

[Trainer<Cnn>, Autoencoder<DecoderNormalized>(Likelihood = Likelihood.Bernoulli)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BinaryCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), Autoencoder<DecoderNormalized>(Likelihood = Likelihood.Bernoulli)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BinaryCnnAutograd;

[Trainer<Mlp>, Autoencoder<Decoder>(Sparsity = 0.02)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SparseMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Autoencoder<Decoder>(Sparsity = 0.02)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SparseMlpAutograd;

[Trainer<Cnn>, Autoencoder<DecoderNormalized>(Sparsity = 0.02)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SparseCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), Autoencoder<DecoderNormalized>(Sparsity = 0.02)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SparseCnnAutograd;

[Trainer<Mlp>, ContractiveAutoencoder<Decoder>(Contraction = 0.05), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ContractiveMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), ContractiveAutoencoder<Decoder>(Contraction = 0.05)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ContractiveMlpAutograd;

[Trainer<PosteriorMlp>, VariationalAutoencoder<Decoder>, Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VaeMlp;

[Trainer<PosteriorMlp>(Backward = Backward.Autograd), VariationalAutoencoder<Decoder>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VaeMlpAutograd;

[Trainer<PosteriorCnn>, VariationalAutoencoder<DecoderNormalized>, Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VaeCnn;

[Trainer<PosteriorCnn>(Backward = Backward.Autograd), VariationalAutoencoder<DecoderNormalized>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VaeCnnAutograd;

[Trainer<PosteriorMlp>, VariationalAutoencoder<Decoder>(Beta = 4, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BetaMlp;

[Trainer<PosteriorMlp>(Backward = Backward.Autograd)]
[VariationalAutoencoder<Decoder>(Beta = 4, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BetaMlpAutograd;

[Trainer<PosteriorCnn>]
[VariationalAutoencoder<DecoderNormalized>(Beta = 4, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BetaCnn;

[Trainer<PosteriorCnn>(Backward = Backward.Autograd)]
[VariationalAutoencoder<DecoderNormalized>(Beta = 4, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BetaCnnAutograd;

[Trainer<PosteriorMlp>]
[VariationalAutoencoder<Decoder>(Beta = 3, Capacity = 30, RampUpSteps = 2, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class CapacityMlp;

[Trainer<PosteriorMlp>(Backward = Backward.Autograd)]
[VariationalAutoencoder<Decoder>(Beta = 3, Capacity = 30, RampUpSteps = 2, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class CapacityMlpAutograd;

[Trainer<PosteriorCnn>]
[VariationalAutoencoder<DecoderNormalized>(
    Beta = 3, Capacity = 30, RampUpSteps = 2, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class CapacityCnn;

[Trainer<PosteriorMlp>, VariationalAutoencoder<Decoder>(Beta = 100, Capacity = 3, RampUpSteps = 100)]
[Adam(3e-3), BatchSize(50), Steps(300)]
public partial class CapacityForLong;

[Trainer<PosteriorMlp>, VariationalAutoencoder<Decoder>(Beta = 2, RampUpSteps = 2)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RampedMlp;

[Trainer<PosteriorMlp>(Backward = Backward.Autograd), VariationalAutoencoder<Decoder>(Beta = 2, RampUpSteps = 2)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RampedMlpAutograd;

[Trainer<PosteriorMlp>, VariationalAutoencoder<Decoder>, Sgd(0.01, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class VaeAccumulated;

[Model(1, 8, 8), Conv2d(4, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, Tanh]
public partial class Places;

[Model(4, 4, 4), BatchNorm2d, Tanh, Flatten, Linear(64), Reshape(1, 8, 8)]
public partial class PlacesDecoder;

[Trainer<Mlp>, VectorQuantizedAutoencoder<Decoder>(6, Decay = 0.5, Restart = 0.6)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class QuantizedMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), VectorQuantizedAutoencoder<Decoder>(6, Decay = 0.5, Restart = 0.6)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class QuantizedMlpAutograd;

[Trainer<Places>, VectorQuantizedAutoencoder<PlacesDecoder>(6, Decay = 0.5, Restart = 0.6)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class QuantizedCnn;

[Trainer<Places>(Backward = Backward.Autograd), VectorQuantizedAutoencoder<PlacesDecoder>(6, Decay = 0.5, Restart = 0.6)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class QuantizedCnnAutograd;

[Model(1, 8, 8), Input("digit", Elements = Elements.Index), Tag("image"), From("digit"), Embedding(3, 4), Tag("what")]
[From("image"), Flatten, Concat("what"), Linear(10), Tanh, Linear(12)]
public partial class ConditionalPosterior;

[Model(6), Input("digit", Elements = Elements.Index), Tag("code"), From("digit"), Embedding(3, 4), Tag("what")]
[From("code"), Concat("what"), Linear(8), Tanh, Linear(64), Reshape(1, 8, 8)]
public partial class ConditionalDecoder;

[Trainer<ConditionalPosterior>, VariationalAutoencoder<ConditionalDecoder>(Label = "digit", Classes = 3)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ConditionalVae;

[Trainer<ConditionalPosterior>(Backward = Backward.Autograd)]
[VariationalAutoencoder<ConditionalDecoder>(Label = "digit", Classes = 3)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ConditionalVaeAutograd;

[Trainer<ConditionalPosterior>]
[VariationalAutoencoder<ConditionalDecoder>(
    Beta = 4, Likelihood = Likelihood.Gaussian, Deviation = 0.5, Label = "digit", Classes = 3)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ConditionalBeta;

[Trainer<ConditionalPosterior>(Backward = Backward.Autograd)]
[VariationalAutoencoder<ConditionalDecoder>(
    Beta = 4, Likelihood = Likelihood.Gaussian, Deviation = 0.5, Label = "digit", Classes = 3)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ConditionalBetaAutograd;

[Model(6), Linear(5), Tanh, Linear(8)]
public partial class Second;

[Model(4), Linear(5), Tanh, Linear(6)]
public partial class Third;

[Model(4), Linear(5), Tanh, Linear(12)]
public partial class FirstPrior;

[Model(3), Linear(5), Tanh, Linear(8)]
public partial class SecondPrior;

[Trainer<PosteriorMlp>]
[HierarchicalVariationalAutoencoder<Second, FirstPrior, Decoder>(
    Beta = 0.5, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class TwoLevels;

[Trainer<PosteriorMlp>(Backward = Backward.Autograd)]
[HierarchicalVariationalAutoencoder<Second, FirstPrior, Decoder>(
    Beta = 0.5, Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class TwoLevelsAutograd;

[Trainer<PosteriorMlp>, ThreeLevelVariationalAutoencoder<Second, Third, FirstPrior, SecondPrior, Decoder>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ThreeLevels;

[Trainer<PosteriorMlp>(Backward = Backward.Autograd)]
[ThreeLevelVariationalAutoencoder<Second, Third, FirstPrior, SecondPrior, Decoder>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ThreeLevelsAutograd;

/// <summary>Two numbers that depend on one latent number.</summary>
[Model(2), Linear(2)]
public partial class LinePosterior;

[Model(1), Linear(2)]
public partial class LineDecoder;

[Trainer<LinePosterior>, VariationalAutoencoder<LineDecoder>(Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Adam(1e-2), BatchSize(50), Steps(1500)]
public partial class LineTrainer;

/// <summary>The same where the label moves the line.</summary>
[Model(2), Input("side", Elements = Elements.Index), Tag("point"), From("side"), Embedding(2, 1), Tag("which")]
[From("point"), Concat("which"), Linear(2)]
public partial class SidePosterior;

[Model(1), Input("side", Elements = Elements.Index), Tag("code"), From("side"), Embedding(2, 1), Tag("which")]
[From("code"), Concat("which"), Linear(2)]
public partial class SideDecoder;

[Trainer<SidePosterior>]
[VariationalAutoencoder<SideDecoder>(Likelihood = Likelihood.Gaussian, Deviation = 0.5, Label = "side", Classes = 2)]
[Adam(1e-2), BatchSize(50), Steps(1500)]
public partial class SideTrainer;

/// <summary>A line whose latent number depends on another one.</summary>
[Model(1), Linear(2)]
public partial class UpperPosterior;

[Model(1), Linear(2)]
public partial class UpperPrior;

[Trainer<LinePosterior>]
[HierarchicalVariationalAutoencoder<UpperPosterior, UpperPrior, LineDecoder>(
    Likelihood = Likelihood.Gaussian, Deviation = 0.5)]
[Adam(1e-2), BatchSize(50), Steps(1500)]
public partial class LevelsTrainer;
