using Dsl;

namespace Recipes.Handwriting;

/// <summary>A network large enough to learn wrong labels by heart.</summary>
[Model(1, 8, 8), Flatten, Linear(256), ReLU, Linear(256), ReLU, Linear(10)]
public partial class Mlp;

[Trainer<Mlp>, CrossEntropy, Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class Plain;

[Trainer<Mlp>, CrossEntropy(LabelSmoothing = 0.1), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class Smoothed;

[Trainer<Mlp>, CrossEntropy, ConfidencePenalty(Beta = 0.1), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class Penalized;

[Trainer<Mlp>, CrossEntropy, ConfidencePenalty(Beta = 0.5, Gamma = 1), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class PenalizedBelow;

[Trainer<Mlp>, DisturbLabel(Alpha = 0.1), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class Disturbed;

[Trainer<Mlp>, CrossEntropy(Weight = 0.9), TeacherFreeReg(Correct = 0.9, Temperature = 20, Weight = 0.1), Adam(1e-3),
    Epochs(100), BatchSize(64, DropLast = true)]
public partial class TeacherFree;

[Trainer<Mlp>, SoftBootstrap(Beta = 0.95), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class SoftlyBootstrapped;

[Trainer<Mlp>, HardBootstrap(Beta = 0.8), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class HardBootstrapped;

[Trainer<Mlp>, CrossEntropy, Mixup(Alpha = 1), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class Mixed;
