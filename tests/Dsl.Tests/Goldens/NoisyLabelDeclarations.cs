namespace Dsl.Tests.Losses;

[Trainer<Logits>, GeneralizedCrossEntropy, Sgd(1), Steps(1)]
public partial class GeneralizedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), GeneralizedCrossEntropy, Sgd(1), Steps(1)]
public partial class GeneralizedAutograd;

[Trainer<Logits>, SymmetricCrossEntropy, Sgd(1), Steps(1)]
public partial class SymmetricExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), SymmetricCrossEntropy, Sgd(1), Steps(1)]
public partial class SymmetricAutograd;

[Trainer<Logits>, ForwardCorrection(NoiseRate = 0.4), Sgd(1), Steps(1)]
public partial class ForwardEvenExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), ForwardCorrection(NoiseRate = 0.4), Sgd(1), Steps(1)]
public partial class ForwardEvenAutograd;

[Trainer<Logits>, BackwardCorrection(NoiseRate = 0.4), Sgd(1), Steps(1)]
public partial class BackwardEvenExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), BackwardCorrection(NoiseRate = 0.4), Sgd(1), Steps(1)]
public partial class BackwardEvenAutograd;

[Trainer<Logits>, ForwardCorrection, Sgd(1), Steps(1)]
public partial class ForwardGivenExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), ForwardCorrection, Sgd(1), Steps(1)]
public partial class ForwardGivenAutograd;

[Trainer<Logits>, BackwardCorrection, Sgd(1), Steps(1)]
public partial class BackwardGivenExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), BackwardCorrection, Sgd(1), Steps(1)]
public partial class BackwardGivenAutograd;

[Model(6), Linear(8), Tanh, Linear(4)]
public partial class Small;

[Model(1), Linear(5), Tanh, Linear(1), Sigmoid]
public partial class Weighting;

[Trainer<Small>, CrossEntropy, LearnToReweight, Sgd(0.1, Momentum = 0.9), BatchSize(7, Clean = 5), Steps(3)]
public partial class Reweighted;

[Trainer<Small>(Backward = Backward.Autograd), CrossEntropy, LearnToReweight, Sgd(0.1, Momentum = 0.9)]
[BatchSize(7, Clean = 5), Steps(3)]
public partial class ReweightedByAutograd;

[Trainer<Small>, CrossEntropy, MetaWeightNet<Weighting>(InnerRate = 0.5)]
[Sgd(0.1, Momentum = 0.9), Sgd(0.1, Momentum = 0.9, For = "Weighting"), BatchSize(7, Clean = 5), Steps(3)]
public partial class Weighted;

[Trainer<Small>(Backward = Backward.Autograd), CrossEntropy, MetaWeightNet<Weighting>(InnerRate = 0.5)]
[Sgd(0.1, Momentum = 0.9), Sgd(0.1, Momentum = 0.9, For = "Weighting"), BatchSize(7, Clean = 5), Steps(3)]
public partial class WeightedByAutograd;

[Trainer<Small>, CrossEntropy, MetaWeightNet<Weighting>]
[Sgd(0.1, Momentum = 0.9), Sgd(0.1, Momentum = 0.9, For = "Weighting"), BatchSize(7, Clean = 5), Steps(3)]
public partial class WeightedAtRate;

[Trainer<Small>, CrossEntropy, MetaWeightNet<Weighting>(InnerRate = 0.5)]
[Adam(1e-2), Adam(1e-2, For = "Weighting"), BatchSize(8, Clean = 5), Epochs(4)]
public partial class WeightedForLong;

[Trainer<Small>, CrossEntropy(Weight = 1), Mlnt(Sets = 2, Neighbors = 3, InnerRate = 0.5, Ema = 0.9, ConsistencyWeight = 2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(7), Steps(3)]
public partial class Tolerant;

[Trainer<Small>(Backward = Backward.Autograd)]
[CrossEntropy(Weight = 1), Mlnt(Sets = 2, Neighbors = 3, InnerRate = 0.5, Ema = 0.9, ConsistencyWeight = 2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(7), Steps(3)]
public partial class TolerantByAutograd;

[Model(6), Linear(8), Tanh, Tag("features"), Linear(4)]
public partial class SmallWithFeatures;

[Model(24), Linear(5), Tanh, Linear(3)]
public partial class SetWeighting;

[Trainer<SmallWithFeatures>, CrossEntropy, MetaCleaner<SetWeighting>("features", Subset = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), SamplesPerClass(3), Steps(3)]
public partial class Cleaned;

[Trainer<SmallWithFeatures>(Backward = Backward.Autograd), CrossEntropy, MetaCleaner<SetWeighting>("features", Subset = 3)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), SamplesPerClass(3), Steps(3)]
public partial class CleanedByAutograd;

[Model(1, 8, 8), Flatten, Linear(128), ReLU, Linear(64), ReLU, Tag("features"), Linear(10)]
public partial class DigitFeatures;

[Model(320), Linear(32), ReLU, Linear(5)]
public partial class DigitSets;

[Trainer<DigitFeatures>, CrossEntropy, MetaCleaner<DigitSets>("features"), Adam(2e-3)]
[BatchSize(50), SamplesPerClass(5), Epochs(15)]
public partial class CleanedDigits;

[Trainer<Small>, CrossEntropy, CoTeaching<Small>(0.4, RampUpSteps = 2), Sgd(0.1, Momentum = 0.9), BatchSize(7), Steps(3)]
public partial class Taught;

[Trainer<Small>(Backward = Backward.Autograd), CrossEntropy, CoTeaching<Small>(0.4, RampUpSteps = 2)]
[Sgd(0.1, Momentum = 0.9), BatchSize(7), Steps(3)]
public partial class TaughtByAutograd;

[Model(1, 8, 8), Flatten, Linear(256), ReLU, Linear(10)]
public partial class DigitPlain;

[Trainer<DigitPlain>, CrossEntropy, CoTeaching<DigitPlain>(0.36), Adam(1e-3), BatchSize(64), Epochs(25)]
public partial class TaughtDigits;

[Trainer<DigitPlain>, CrossEntropy, Adam(1e-3), BatchSize(64), Epochs(25)]
public partial class UntaughtDigits;

[Trainer<Small>, ForwardCorrection, Adam(1e-2), BatchSize(8), Epochs(2)]
public partial class Corrected;

[Trainer<Small>, BackwardCorrection(Transition = new[] { 0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 1 })]
[Sgd(0.1), Steps(1)]
public partial class BackwardDeclared;

[Trainer<Small>, BackwardCorrection, Sgd(0.1), Steps(1)]
public partial class BackwardSet;
