namespace Dsl.Tests.Parameters;

[Model(6), Tag("x"), Linear(4), Bilinear(5, With = "x")]
public partial class Forms;

[Model(2, 6), Tag("x"), Linear(4), Bilinear(5, With = "x", Bias = false)]
public partial class FormsOfSequences;

[Model(5), Linear(5, Share = "w"), Tanh, Linear(5, Share = "w", Bias = false), Tanh, Linear(5, Share = "w")]
public partial class Tied;

[Model(2, 7, 7), Conv2d(4, 3, Stride = 2, Share = "kernel"), Tanh, ConvTranspose2d(2, 3, Stride = 2, Share = "kernel")]
public partial class TiedAutoencoder;

[Model(2, 6, 6)]
[Conv2d(3, 3, Bias = false), BatchNorm2d, ReLU, Frozen]
[Flatten, Linear(4)]
public partial class TunedHead;

[Block, Linear(5), BatchNorm1d, Tanh, Frozen]
public partial class FrozenBlock;

[Model(4), Linear(6), ReLU, Use<FrozenBlock>, Linear(3)]
public partial class FrozenMiddle;

[Trainer<TunedHead>, CrossEntropy, Sgd(0.1, Momentum = 0.9, WeightDecay = 0.01), ClipGradNorm(0.5), Steps(3)]
public partial class HeadTrainer;

[Trainer<TunedHead>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9, WeightDecay = 0.01),
    ClipGradNorm(0.5), Steps(3)]
public partial class HeadTrainerAutograd;

[Augmentation, RandomShift(1)]
public partial class Shifted;

[Trainer<TunedHead>, CrossEntropy, MeanTeacher(Ema = 0.9), Augment<Shifted>, Adam(1e-2), Steps(3)]
public partial class HeadMeanTeacher;

[Trainer<TunedHead>(Backward = Backward.Autograd), CrossEntropy, MeanTeacher(Ema = 0.9), Augment<Shifted>, Adam(1e-2), Steps(3)]
public partial class HeadMeanTeacherAutograd;

[Trainer<Tied>, CrossEntropy, Adam(1e-2), Steps(3)]
public partial class TiedTrainer;

[Trainer<Tied>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), Steps(3)]
public partial class TiedTrainerAutograd;
