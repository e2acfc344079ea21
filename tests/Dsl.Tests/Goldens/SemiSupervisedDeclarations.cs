namespace Dsl.Tests.SemiSupervised;

[Model(1, 8, 8)]
[Flatten, Linear(12), ReLU, Linear(5)]
public partial class Mlp;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(12), ReLU, Linear(5)]
public partial class Cnn;

[Augmentation, RandomShift(1)]
public partial class Weak;

[Augmentation, RandomShift(2), GaussianNoise(0.1)]
public partial class Strong;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PiModel(Weight = 10, RampUpSteps = 2)]
public partial class PiModelMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PiModel(Weight = 10, RampUpSteps = 2)]
public partial class PiModelMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PiModel(Weight = 10, RampUpSteps = 2)]
public partial class PiModelCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PiModel(Weight = 10, RampUpSteps = 2)]
public partial class PiModelCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[TemporalEnsembling(Decay = 0.6, Weight = 10, RampUpSteps = 2)]
public partial class TemporalEnsemblingMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[TemporalEnsembling(Decay = 0.6, Weight = 10, RampUpSteps = 2)]
public partial class TemporalEnsemblingMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[TemporalEnsembling(Decay = 0.6, Weight = 10, RampUpSteps = 2)]
public partial class TemporalEnsemblingCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[TemporalEnsembling(Decay = 0.6, Weight = 10, RampUpSteps = 2)]
public partial class TemporalEnsemblingCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Weight = 2)]
public partial class VatMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Weight = 2)]
public partial class VatMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Weight = 2)]
public partial class VatCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Weight = 2)]
public partial class VatCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Iterations = 2, Weight = 2)]
public partial class VatTwiceMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Iterations = 2, Weight = 2)]
public partial class VatTwiceMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Iterations = 2, Weight = 2)]
public partial class VatTwiceCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Vat(Epsilon = 1, Xi = 1, Iterations = 2, Weight = 2)]
public partial class VatTwiceCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[EntropyMinimization(Weight = 0.5, RampUpSteps = 2)]
public partial class EntropyMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[EntropyMinimization(Weight = 0.5, RampUpSteps = 2)]
public partial class EntropyMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[EntropyMinimization(Weight = 0.5, RampUpSteps = 2)]
public partial class EntropyCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[EntropyMinimization(Weight = 0.5, RampUpSteps = 2)]
public partial class EntropyCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PseudoLabel(Threshold = 0.5, Weight = 1.5, RampUpSteps = 2)]
public partial class PseudoLabelMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PseudoLabel(Threshold = 0.5, Weight = 1.5, RampUpSteps = 2)]
public partial class PseudoLabelMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PseudoLabel(Threshold = 0.5, Weight = 1.5, RampUpSteps = 2)]
public partial class PseudoLabelCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[PseudoLabel(Threshold = 0.5, Weight = 1.5, RampUpSteps = 2)]
public partial class PseudoLabelCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[FixMatch<Weak, Strong>(Threshold = 0.6, Weight = 1.5)]
public partial class FixMatchMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[FixMatch<Weak, Strong>(Threshold = 0.6, Weight = 1.5)]
public partial class FixMatchMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[FixMatch<Weak, Strong>(Threshold = 0.6, Weight = 1.5)]
public partial class FixMatchCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[FixMatch<Weak, Strong>(Threshold = 0.6, Weight = 1.5)]
public partial class FixMatchCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5)]
public partial class UdaMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5)]
public partial class UdaMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5)]
public partial class UdaCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5)]
public partial class UdaCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(12)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Logarithmic)]
public partial class UdaLogarithmicMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(12)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Logarithmic)]
public partial class UdaLogarithmicMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(12)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Logarithmic)]
public partial class UdaLogarithmicCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(12)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Logarithmic)]
public partial class UdaLogarithmicCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(4)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Linear)]
public partial class UdaLinearMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(4)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Linear)]
public partial class UdaLinearMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(4)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Linear)]
public partial class UdaLinearCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(4)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Linear)]
public partial class UdaLinearCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Exponential)]
public partial class UdaExponentialMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Exponential)]
public partial class UdaExponentialMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Exponential)]
public partial class UdaExponentialCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Uda<Weak, Strong>(Threshold = 0.5, Weight = 1.5, Annealing = SignalAnnealing.Exponential)]
public partial class UdaExponentialCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MixMatch(Weight = 10, RampUpSteps = 2)]
public partial class MixMatchMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MixMatch(Weight = 10, RampUpSteps = 2)]
public partial class MixMatchMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MixMatch(Weight = 10, RampUpSteps = 2)]
public partial class MixMatchCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MixMatch(Weight = 10, RampUpSteps = 2)]
public partial class MixMatchCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MeanTeacher(Ema = 0.6, ConsistencyWeight = 10, RampUpSteps = 2)]
public partial class MeanTeacherMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MeanTeacher(Ema = 0.6, ConsistencyWeight = 10, RampUpSteps = 2)]
public partial class MeanTeacherMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MeanTeacher(Ema = 0.6, ConsistencyWeight = 10, RampUpSteps = 2)]
public partial class MeanTeacherCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Augment<Weak>, Sgd(0.1, Momentum = 0.9), Steps(3)]
[MeanTeacher(Ema = 0.6, ConsistencyWeight = 10, RampUpSteps = 2)]
public partial class MeanTeacherCnnAutograd;
