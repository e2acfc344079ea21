namespace Dsl.Tests.Continual;

[Model(1, 8, 8)]
[Flatten, Linear(12), Tanh, Linear(5)]
public partial class Mlp;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2), Flatten, Linear(5)]
public partial class Cnn;

[Trainer<Mlp>, CrossEntropy, Ewc(30), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class EwcMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Ewc(30), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class EwcMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Ewc(30), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class EwcCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Ewc(30), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class EwcCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Ewc(30, Online = true, Decay = 0.7), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class OnlineMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Ewc(30, Online = true, Decay = 0.7)]
[Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class OnlineMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Ewc(30, Online = true, Decay = 0.7), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class OnlineCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Ewc(30, Online = true, Decay = 0.7)]
[Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class OnlineCnnAutograd;

[Trainer<Mlp>, CrossEntropy, LearningWithoutForgetting(Weight = 1.5), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class LwfMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, LearningWithoutForgetting(Weight = 1.5)]
[Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class LwfMlpAutograd;

[Trainer<Cnn>, CrossEntropy, LearningWithoutForgetting(Weight = 1.5), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class LwfCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, LearningWithoutForgetting(Weight = 1.5)]
[Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class LwfCnnAutograd;

[Trainer<Mlp>, CrossEntropy, SynapticIntelligence(0.4), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class SiMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, SynapticIntelligence(0.4), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class SiMlpAutograd;

[Trainer<Cnn>, CrossEntropy, SynapticIntelligence(0.4), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class SiCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, SynapticIntelligence(0.4), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class SiCnnAutograd;

[Trainer<Mlp>, CrossEntropy, AveragedGem(7), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class AgemMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, AveragedGem(7), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class AgemMlpAutograd;

[Trainer<Cnn>, CrossEntropy, AveragedGem(7), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class AgemCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, AveragedGem(7), Sgd(0.1, Momentum = 0.9), Steps(2)]
public partial class AgemCnnAutograd;

// What bounds the gradient, and what moves the parameters behind the update: ω is of neither and of both.
[Trainer<Mlp>, CrossEntropy, SynapticIntelligence(0.4), Sgd(0.1), ClipGradNorm(0.1), Lookahead(K = 1, Alpha = 0.5), Steps(2)]
public partial class SiBounded;

[Trainer<Mlp>, CrossEntropy, SynapticIntelligence, AveragedGem(6, PerStep = 4), Ewc(30), Adam(1e-2), BatchSize(5), Epochs(2)]
public partial class SiAgemMlp;

/// <summary>Everything that a task's end can be: what each keeps stands beside what the others do.</summary>
[Trainer<Mlp>, CrossEntropy, Ewc(30, Labels = FisherLabels.Sampled, Samples = 5), LearningWithoutForgetting]
[Rehearsal(6, PerStep = 4), Adam(1e-2), BatchSize(5), Epochs(2)]
public partial class AllMlp;

[Trainer<Mlp>, CrossEntropy, Rehearsal(6, PerStep = 4), Sgd(0.1), BatchSize(5), Steps(2)]
public partial class RehearsingMlp;

[Trainer<Mlp>, CrossEntropy, Ewc, Rehearsal(3), Adam(1e-2), BatchSize(5), Epochs(4), EarlyStopping(Metric.Loss, Patience = 1)]
public partial class StoppingMlp;
