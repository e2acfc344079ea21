using Dsl.Tests.Objectives;

namespace Dsl.Tests.Distillation;

[Trainer<Logits>, Distill(Ensemble = Ensemble.Arithmetic), Sgd(1), Steps(1)]
public partial class ArithmeticExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Distill(Ensemble = Ensemble.Arithmetic), Sgd(1), Steps(1)]
public partial class ArithmeticAutograd;

[Trainer<Logits>, Distill<Logits>(Ensemble = Ensemble.Geometric), Sgd(1), Steps(1)]
public partial class GeometricExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Distill<Logits>(Ensemble = Ensemble.Geometric), Sgd(1), Steps(1)]
public partial class GeometricAutograd;

[Trainer<Logits>, Distill<Logits>(TeacherNoise = 0.5), Sgd(1), Steps(1)]
public partial class NoisyExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Distill<Logits>(TeacherNoise = 0.5), Sgd(1), Steps(1)]
public partial class NoisyAutograd;

[Trainer<Logits>, Distill<Logits>(Ensemble = Ensemble.Arithmetic, TeacherNoise = 0.5), Sgd(1), Steps(1)]
public partial class NoisyMeanExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Distill<Logits>(Ensemble = Ensemble.Arithmetic, TeacherNoise = 0.5), Sgd(1),
    Steps(1)]
public partial class NoisyMeanAutograd;

[Model(1, 4, 4), Flatten, Linear(12), ReLU, Linear(4)]
public partial class LargeImages;

[Model(1, 4, 4), Flatten, Linear(4)]
public partial class SmallImages;

[Augmentation, Normalize(0.3, 0.2)]
public partial class Normalized;

[Trainer<SmallImages>, Distill<LargeImages>, Augment<Normalized>, Sgd(0.1), Epochs(3), BatchSize(5), Seed(3)]
public partial class AskingNormalized;

[Trainer<SmallImages>, Distill<LargeImages>(CacheTeacher = true), Augment<Normalized>, Sgd(0.1), Epochs(3), BatchSize(5), Seed(3)]
public partial class RememberingNormalized;

[Trainer<SmallImages>(Backward = Backward.Autograd), Distill<LargeImages>(CacheTeacher = true), Augment<Normalized>, Sgd(0.1),
    Epochs(3), BatchSize(5), Seed(3)]
public partial class RememberingNormalizedAutograd;

// A teacher of another shape inside, and one that is stochastic in training mode.
[Model(6), Linear(24), ReLU, Dropout(0.5), Linear(4)]
public partial class Large;

[Model(6), Linear(8), Tanh, Linear(4)]
public partial class Small;

[Trainer<Small>, Distill<Large>(Weight = 0.7), CrossEntropy(Weight = 0.3), Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(7),
    Seed(3)]
public partial class Asking;

[Trainer<Small>, Distill<Large>(Weight = 0.7, CacheTeacher = true), CrossEntropy(Weight = 0.3)]
[Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(7), Seed(3)]
public partial class Remembering;

[Trainer<Small>(Backward = Backward.Autograd), Distill<Large>(Weight = 0.7, CacheTeacher = true), CrossEntropy(Weight = 0.3)]
[Sgd(0.1, Momentum = 0.9), Epochs(4), BatchSize(7), Seed(3)]
public partial class RememberingAutograd;

[Trainer<Small>, Distill<Large>(Ensemble = Ensemble.Arithmetic, TeacherNoise = 0), Sgd(0.1), Accumulate(2), Epochs(4),
    BatchSize(7), Seed(3)]
public partial class AskingSeveral;

[Trainer<Small>, Distill<Large>(Ensemble = Ensemble.Arithmetic, CacheTeacher = true), Sgd(0.1), Accumulate(2), Epochs(4),
    BatchSize(7), Seed(3)]
public partial class RememberingSeveral;

[Trainer<Small>, CrossEntropy, Distill<Large>(Weight = 0.5), MeanTeacher(Ema = 0.9), Sgd(0.1), Epochs(2),
    BatchSize(5, Unlabeled = 5), Seed(3)]
public partial class TwoTeachers;

[Trainer<Small>(Backward = Backward.Autograd), CrossEntropy, Distill<Large>(Weight = 0.5), MeanTeacher(Ema = 0.9), Sgd(0.1),
    Epochs(2)]
[BatchSize(5, Unlabeled = 5), Seed(3)]
public partial class TwoTeachersAutograd;

[Trainer<Small>, CrossEntropy, Adam(1e-2), Epochs(60), BatchSize(16), Seed(3)]
public partial class FirstGeneration;

[Trainer<Small>, CrossEntropy(Weight = 0.5), Distill<Small>(Temperature = 1, Weight = 0.5), Adam(1e-2), Epochs(60),
    BatchSize(16), Seed(3)]
public partial class NextGeneration;
