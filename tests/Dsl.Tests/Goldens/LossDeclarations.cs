namespace Dsl.Tests.Losses;

// A model whose output is its parameters: with the identity as input, the weight's gradient is the logits' gradient.
[Model(8), Linear(10, Bias = false)]
public partial class Logits;

[Trainer<Logits>, CrossEntropy(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class CrossEntropyWeightsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd),
    CrossEntropy(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class CrossEntropyWeightsAutograd;

[Trainer<Logits>]
[CrossEntropy(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class CrossEntropySumExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class CrossEntropySumAutograd;

[Trainer<Logits>, CrossEntropy(LabelSmoothing = 0.1), Sgd(1), Steps(1)]
public partial class SmoothingExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy(LabelSmoothing = 0.1), Sgd(1), Steps(1)]
public partial class SmoothingAutograd;

[Trainer<Logits>]
[CrossEntropy(LabelSmoothing = 0.1, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 })]
[Sgd(1), Steps(1)]
public partial class SmoothingWeightsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(LabelSmoothing = 0.1, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 })]
[Sgd(1), Steps(1)]
public partial class SmoothingWeightsAutograd;

[Trainer<Logits>, CrossEntropy(LabelSmoothing = 0.1, Reduction = Reduction.Sum), Sgd(1), Steps(1)]
public partial class SmoothingSumExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy(LabelSmoothing = 0.1, Reduction = Reduction.Sum), Sgd(1), Steps(1)]
public partial class SmoothingSumAutograd;

[Trainer<Logits>]
[CrossEntropy(LabelSmoothing = 0.1, Smoothing = Smoothing.Unigram, ClassFrequencies = new[] { 8.0, 1, 1, 2, 4, 0, 1, 1, 1, 1 })]
[Sgd(1), Steps(1)]
public partial class UnigramExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(LabelSmoothing = 0.1, Smoothing = Smoothing.Unigram, ClassFrequencies = new[] { 8.0, 1, 1, 2, 4, 0, 1, 1, 1, 1 })]
[Sgd(1), Steps(1)]
public partial class UnigramAutograd;

[Trainer<Logits>]
[CrossEntropy(LabelSmoothing = 0.1, Smoothing = Smoothing.Unigram, ClassFrequencies = new[] { 8.0, 1, 1, 2, 4, 0, 1, 1, 1, 1 },
    ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 })]
[Sgd(1), Steps(1)]
public partial class UnigramWeightsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(LabelSmoothing = 0.1, Smoothing = Smoothing.Unigram, ClassFrequencies = new[] { 8.0, 1, 1, 2, 4, 0, 1, 1, 1, 1 },
    ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 })]
[Sgd(1), Steps(1)]
public partial class UnigramWeightsAutograd;

// The goldens give the log-probabilities themselves.
#pragma warning disable DSL602
[Trainer<Logits>, Nll, Sgd(1), Steps(1)]
public partial class LikelihoodOfExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Nll, Sgd(1), Steps(1)]
public partial class LikelihoodOfAutograd;

[Trainer<Logits>]
[Nll(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class LikelihoodWeightsSumExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[Nll(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class LikelihoodWeightsSumAutograd;
#pragma warning restore DSL602

[Trainer<Logits>, Focal, Sgd(1), Steps(1)]
public partial class FocalLossExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Focal, Sgd(1), Steps(1)]
public partial class FocalLossAutograd;

[Trainer<Logits>]
[Focal(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class FocalWeightsSumExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[Focal(ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class FocalWeightsSumAutograd;

[Trainer<Logits>, MultiClassHinge, Sgd(1), Steps(1)]
public partial class MarginsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), MultiClassHinge, Sgd(1), Steps(1)]
public partial class MarginsAutograd;

[Trainer<Logits>]
[MultiClassHinge(Squared = true, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 })]
[Sgd(1), Steps(1)]
public partial class SquaredMarginsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[MultiClassHinge(Squared = true, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 })]
[Sgd(1), Steps(1)]
public partial class SquaredMarginsAutograd;

[Trainer<Logits>, SoftBootstrap, Sgd(1), Steps(1)]
public partial class SoftExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), SoftBootstrap, Sgd(1), Steps(1)]
public partial class SoftAutograd;

[Trainer<Logits>, HardBootstrap, Sgd(1), Steps(1)]
public partial class HardExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), HardBootstrap, Sgd(1), Steps(1)]
public partial class HardAutograd;

[Trainer<Logits>, TeacherFreeReg, Sgd(1), Steps(1)]
public partial class VirtualTeachingExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), TeacherFreeReg, Sgd(1), Steps(1)]
public partial class VirtualTeachingAutograd;

[Trainer<Logits>, DisturbLabel, Sgd(1), Steps(1)]
public partial class DisturbedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), DisturbLabel, Sgd(1), Steps(1)]
public partial class DisturbedAutograd;

[Trainer<Logits>, CrossEntropy, ConfidencePenalty, Sgd(1), Steps(1)]
public partial class PenaltyExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, ConfidencePenalty, Sgd(1), Steps(1)]
public partial class PenaltyAutograd;

[Trainer<Logits>, CrossEntropy, ConfidencePenalty(Gamma = 1), Sgd(1), Steps(1)]
public partial class PenaltyThresholdExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, ConfidencePenalty(Gamma = 1), Sgd(1), Steps(1)]
public partial class PenaltyThresholdAutograd;

[Trainer<Logits>, CrossEntropy, ConfidencePenalty(RampUpSteps = 1), Sgd(1), Steps(1)]
public partial class PenaltyRampExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, ConfidencePenalty(RampUpSteps = 1), Sgd(1), Steps(1)]
public partial class PenaltyRampAutograd;

[Trainer<Logits>, CrossEntropy, EntropyMinimization(Weight = 0.3), Sgd(1), Steps(1)]
public partial class MinimizationExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, EntropyMinimization(Weight = 0.3), Sgd(1), Steps(1)]
public partial class MinimizationAutograd;

[Trainer<Logits>, CrossEntropy, EntropyMinimization(Weight = 0.3, Labeled = true), Sgd(1), Steps(1)]
public partial class MinimizationLabeledExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, EntropyMinimization(Weight = 0.3, Labeled = true), Sgd(1), Steps(1)]
public partial class MinimizationLabeledAutograd;

[Trainer<Logits>, CrossEntropy, TeacherFreeSelf(Weight = 0.9), Sgd(1), Steps(1)]
public partial class SelfTeachingExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, TeacherFreeSelf(Weight = 0.9), Sgd(1), Steps(1)]
public partial class SelfTeachingAutograd;

[Trainer<Logits>, BinaryCrossEntropy, Sgd(1), Steps(1)]
public partial class BinaryExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), BinaryCrossEntropy, Sgd(1), Steps(1)]
public partial class BinaryAutograd;

[Trainer<Logits>, BinaryCrossEntropy(PositiveWeight = 2), Sgd(1), Steps(1)]
public partial class BinaryWeightedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), BinaryCrossEntropy(PositiveWeight = 2), Sgd(1), Steps(1)]
public partial class BinaryWeightedAutograd;

[Trainer<Logits>, MultiLabel, Sgd(1), Steps(1)]
public partial class LabelsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), MultiLabel, Sgd(1), Steps(1)]
public partial class LabelsAutograd;

[Trainer<Logits>]
[MultiLabel(PositiveWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class LabelsWeightsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[MultiLabel(PositiveWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }, Reduction = Reduction.Sum)]
[Sgd(1), Steps(1)]
public partial class LabelsWeightsAutograd;

[Trainer<Logits>, SigmoidFocal, Sgd(1), Steps(1)]
public partial class BinaryFocalExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), SigmoidFocal, Sgd(1), Steps(1)]
public partial class BinaryFocalAutograd;

[Trainer<Logits>, MeanSquaredError, Sgd(1), Steps(1)]
public partial class SquaredExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), MeanSquaredError, Sgd(1), Steps(1)]
public partial class SquaredAutograd;

[Trainer<Logits>, MeanSquaredError(Reduction = Reduction.Sum), Sgd(1), Steps(1)]
public partial class SquaredSumExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), MeanSquaredError(Reduction = Reduction.Sum), Sgd(1), Steps(1)]
public partial class SquaredSumAutograd;

[Trainer<Logits>, L1, Sgd(1), Steps(1)]
public partial class AbsoluteErrorExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), L1, Sgd(1), Steps(1)]
public partial class AbsoluteErrorAutograd;

[Trainer<Logits>, Huber, Sgd(1), Steps(1)]
public partial class HuberErrorExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Huber, Sgd(1), Steps(1)]
public partial class HuberErrorAutograd;

[Trainer<Logits>, SmoothL1, Sgd(1), Steps(1)]
public partial class SmoothErrorExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), SmoothL1, Sgd(1), Steps(1)]
public partial class SmoothErrorAutograd;

[Trainer<Logits>, Hinge, Sgd(1), Steps(1)]
public partial class BinaryMarginExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Hinge, Sgd(1), Steps(1)]
public partial class BinaryMarginAutograd;

[Trainer<Logits>, Hinge(Squared = true), Sgd(1), Steps(1)]
public partial class SquaredBinaryMarginExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Hinge(Squared = true), Sgd(1), Steps(1)]
public partial class SquaredBinaryMarginAutograd;

[Trainer<Logits>, KlDivergence, Sgd(1), Steps(1)]
public partial class DistributionExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), KlDivergence, Sgd(1), Steps(1)]
public partial class DistributionAutograd;

[Trainer<Logits>, KlDivergence(Reduction = Reduction.Sum), Sgd(1), Steps(1)]
public partial class DistributionSumExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), KlDivergence(Reduction = Reduction.Sum), Sgd(1), Steps(1)]
public partial class DistributionSumAutograd;

[Trainer<Logits>, CrossEntropy, Sgd(1), Steps(1)]
public partial class PlainExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), CrossEntropy, Sgd(1), Steps(1)]
public partial class PlainAutograd;
