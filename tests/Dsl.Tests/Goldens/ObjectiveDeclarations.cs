namespace Dsl.Tests.Objectives;

// A model whose output is its parameters: with the identity as input, the weight's gradient is the logits' gradient.
[Model(8), Linear(10, Bias = false)]
public partial class Logits;

[Trainer<Logits>, CrossEntropy, Sgd(1), Steps(1)]
public partial class CrossEntropyExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, Sgd(1), Steps(1)]
public partial class CrossEntropyAutograd;

[Trainer<Logits>, CrossEntropy(Weight = 0.3), Sgd(1), Steps(1)]
public partial class WeightedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy(Weight = 0.3), Sgd(1), Steps(1)]
public partial class WeightedAutograd;

[Trainer<Logits>, Distill, Sgd(1), Steps(1)]
public partial class DistillExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Distill, Sgd(1), Steps(1)]
public partial class DistillAutograd;

[Trainer<Logits>, Distill(Weight = 0.9), CrossEntropy(Weight = 0.1), Sgd(1), Steps(1)]
public partial class BothExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Distill(Weight = 0.9), CrossEntropy(Weight = 0.1), Sgd(1), Steps(1)]
public partial class BothAutograd;
