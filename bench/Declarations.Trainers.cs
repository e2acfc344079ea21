using Dsl;

namespace Bench;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(1_000_000)]
public partial class MlpSgdExplicit;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(1_000_000)]
public partial class MlpSgdAutograd;

[Trainer<SmallMlp>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class SmallMlpExplicit;

[Trainer<SmallMlp>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class SmallMlpAutograd;

[Trainer<LeNet>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class LeNetExplicit;

[Trainer<LeNet>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class LeNetAutograd;

[Trainer<ResNet18>, CrossEntropy, Sgd(0.002, Momentum = 0.9, WeightDecay = 5e-4), Steps(1_000_000)]
public partial class ResNet18Explicit;

[Trainer<ResNet18>(Backward = Backward.Autograd)]
[CrossEntropy, Sgd(0.002, Momentum = 0.9, WeightDecay = 5e-4), Steps(1_000_000)]
public partial class ResNet18Autograd;

[Trainer<ViT>, CrossEntropy, AdamW(1e-4, WeightDecay = 0.05), Steps(1_000_000)]
public partial class ViTExplicit;

[Trainer<ViT>(Backward = Backward.Autograd), CrossEntropy, AdamW(1e-4, WeightDecay = 0.05), Steps(1_000_000)]
public partial class ViTAutograd;

[Trainer<Gcn>, CrossEntropy, Adam(0.01), Steps(1_000_000)]
public partial class GcnExplicit;

[Trainer<Gcn>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), Steps(1_000_000)]
public partial class GcnAutograd;

[Trainer<WideResNet>, CrossEntropy, FixMatch<WeakView, StrongView>(Threshold = 0.05)]
[Sgd(0.003, Momentum = 0.9, Nesterov = true), BatchSize(4, Unlabeled = 8), Steps(1_000_000)]
public partial class FixMatchExplicit;

[Trainer<WideResNet>(Backward = Backward.Autograd), CrossEntropy, FixMatch<WeakView, StrongView>(Threshold = 0.05)]
[Sgd(0.003, Momentum = 0.9, Nesterov = true), BatchSize(4, Unlabeled = 8), Steps(1_000_000)]
public partial class FixMatchAutograd;

[Trainer<Denoiser>, Diffusion(Levels = 100, FirstBeta = 1e-3, LastBeta = 0.2), Adam(1e-3), BatchSize(128), Steps(1_000_000)]
public partial class DdpmExplicit;

[Trainer<Denoiser>(Backward = Backward.Autograd), Diffusion(Levels = 100, FirstBeta = 1e-3, LastBeta = 0.2)]
[Adam(1e-3), BatchSize(128), Steps(1_000_000)]
public partial class DdpmAutograd;

[Trainer<QNet>, Dqn(Double = true, TargetPeriod = 10), Adam(1e-3), ClipGradNorm(10), BatchSize(128), Steps(1_000_000)]
public partial class DqnExplicit;

[Trainer<QNet>(Backward = Backward.Autograd), Dqn(Double = true, TargetPeriod = 10)]
[Adam(1e-3), ClipGradNorm(10), BatchSize(128), Steps(1_000_000)]
public partial class DqnAutograd;
