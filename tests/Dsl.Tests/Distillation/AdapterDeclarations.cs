namespace Dsl.Tests.Distillation;

// Three channels where the teacher, Wide, has four.
[Model(2, 6, 6), Conv2d(3, 3, Padding = 1), ReLU, Tag("middle"), Flatten, Linear(5)]
public partial class Slim;

[Trainer<Slim>, DistillFeature<Wide>("middle", Teacher = "guided", Weight = 0.5), Distill<Wide>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(6), BatchSize(4), Seed(3)]
public partial class SlimExplicit;

[Trainer<Slim>(Backward = Backward.Autograd), DistillFeature<Wide>("middle", Teacher = "guided", Weight = 0.5),
    Distill<Wide>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(6), BatchSize(4), Seed(3)]
public partial class SlimAutograd;

[Model(3, 8), Conv1d(5, 3, Padding = 1), Tanh, Tag("signal"), Flatten, Linear(3)]
public partial class WideSignal;

[Model(3, 8), Conv1d(2, 3, Padding = 1), Tanh, Tag("signal"), Flatten, Linear(3)]
public partial class SlimSignal;

[Trainer<SlimSignal>, DistillFeature<WideSignal>("signal", Weight = 0.5), Distill<WideSignal>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(3)]
public partial class SignalExplicit;

[Trainer<SlimSignal>(Backward = Backward.Autograd), DistillFeature<WideSignal>("signal", Weight = 0.5),
    Distill<WideSignal>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(3)]
public partial class SignalAutograd;

[Model(6), Linear(7), Tanh, Tag("wide"), Linear(3)]
public partial class WideRow;

[Model(6), Linear(4), Tanh, Tag("slim"), Linear(3)]
public partial class SlimRow;

[Trainer<SlimRow>, DistillFeature<WideRow>("slim", Teacher = "wide", Weight = 0.5), Distill<WideRow>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(3)]
public partial class RowExplicit;

[Trainer<SlimRow>(Backward = Backward.Autograd), DistillFeature<WideRow>("slim", Teacher = "wide", Weight = 0.5),
    Distill<WideRow>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(3)]
public partial class RowAutograd;

[Model(5, 6), Linear(7), Tanh, Tag("tokens"), Flatten, Linear(3)]
public partial class WideTokens;

[Model(5, 6), Linear(4), Tanh, Tag("tokens"), Flatten, Linear(3)]
public partial class SlimTokens;

[Trainer<SlimTokens>, DistillFeature<WideTokens>("tokens", Weight = 0.5), Distill<WideTokens>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(3)]
public partial class TokenExplicit;

[Trainer<SlimTokens>(Backward = Backward.Autograd), DistillFeature<WideTokens>("tokens", Weight = 0.5),
    Distill<WideTokens>(Weight = 0.5)]
[Adam(0.05, WeightDecay = 0.1), ClipGradNorm(0.05), Steps(3)]
public partial class TokenAutograd;

// Parts with settings of their own, steps by norms of whole parameters, several batches an update, and clipping unit by unit.
[Trainer<SlimRow>, DistillFeature<WideRow>("slim", Teacher = "wide"), Lamb(0.05, WeightDecay = 0.1),
    ParameterGroup("3", LearningRateScale = 0.5)]
[AdaptiveGradientClipping(0.1), Accumulate(2), Epochs(3), BatchSize(4), Seed(3)]
public partial class RowParts;

[Trainer<SlimRow>(Backward = Backward.Autograd), DistillFeature<WideRow>("slim", Teacher = "wide"), Lamb(0.05, WeightDecay = 0.1)]
[ParameterGroup("3", LearningRateScale = 0.5), AdaptiveGradientClipping(0.1), Accumulate(2), Epochs(3), BatchSize(4), Seed(3)]
public partial class RowPartsAutograd;
