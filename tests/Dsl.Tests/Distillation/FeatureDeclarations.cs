namespace Dsl.Tests.Distillation;

[Model(2, 6, 6)]
[Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, Tag("guided"), Flatten, Linear(5)]
public partial class Wide;

// Three channels where the teacher has four: an adapter on a branch of its own.
[Model(2, 6, 6)]
[Conv2d(3, 3, Padding = 1), ReLU, Tag("middle"), Flatten, Linear(5), Output("Logits")]
[From("middle"), Conv2d(4, 1), Output("Hint")]
public partial class Narrow;

[Trainer<Narrow>, DistillFeature<Wide>("Hint", Teacher = "guided", Weight = 0.5), Distill<Wide>(Of = "Logits", Weight = 0.5),
    Sgd(0.1), Steps(1)]
public partial class HintExplicit;

[Trainer<Narrow>(Backward = Backward.Autograd), DistillFeature<Wide>("Hint", Teacher = "guided", Weight = 0.5)]
[Distill<Wide>(Of = "Logits", Weight = 0.5), Sgd(0.1), Steps(1)]
public partial class HintAutograd;

[Model(6), Linear(8), Tanh, Tag("hidden"), Linear(4)]
public partial class Hidden;

[Trainer<Hidden>, DistillFeature<Hidden>("hidden"), Sgd(0.2), Steps(100), BatchSize(8)]
public partial class Following;

[Trainer<Hidden>(Backward = Backward.Autograd), DistillFeature<Hidden>("hidden"), Sgd(0.2), Steps(100), BatchSize(8)]
public partial class FollowingAutograd;
