namespace Dsl.Tests.TwoStages;

[Model(2, 8, 8), Conv2d(4, 3, Stride = 2, Padding = 1), Tanh, Conv2d(5, 3, Padding = 1), Tanh]
public partial class Backbone;

[Model(2, 8, 8), Conv2d(4, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, Tanh, Conv2d(5, 3, Padding = 1), Tanh]
public partial class NormalizedBackbone;

// Two scales of three ratios on 4 x 4 cells; one scale.
[Model(5, 4, 4), Conv2d(6, 3, Padding = 1), Tanh, Conv2d(6 * 5, 1), Permute(2, 3, 1), Reshape(-1, 5)]
public partial class Proposer;

[Model(5, 4, 4), Conv2d(6, 3, Padding = 1), Tanh, Conv2d(3 * 5, 1), Permute(2, 3, 1), Reshape(-1, 5)]
public partial class OneScaleProposer;

[Model(5, 3, 3), Flatten, Linear(8), Tanh, Linear(1 + 5 * 3)]
public partial class RegionHead;

[Model(5, 3, 3), Flatten, Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(1 + 5 * 3)]
public partial class NormalizedRegionHead;

[Trainer<Backbone>]
[FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.35, 0.55 }, AnchorThreshold = 0.5, SampledAnchors = 8, Proposals = 6,
    ProposalOverlap = 0.6, SampledRegions = 4)]
[Sgd(0.02, Momentum = 0.9), BatchSize(3), Steps(3)]
public partial class TwoStages;

[Trainer<Backbone>(Backward = Backward.Autograd)]
[FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.35, 0.55 }, AnchorThreshold = 0.5, SampledAnchors = 8, Proposals = 6,
    ProposalOverlap = 0.6, SampledRegions = 4)]
[Sgd(0.02, Momentum = 0.9), BatchSize(3), Steps(3)]
public partial class TwoStagesAutograd;

[Trainer<NormalizedBackbone>]
[FasterRcnn<OneScaleProposer, NormalizedRegionHead>(Scales = new[] { 0.4 }, AnchorThreshold = 0.5, SampledAnchors = 8,
    Proposals = 6, ProposalOverlap = 0.6, SampledRegions = 4, OffsetWeight = 2)]
[Sgd(0.02, Momentum = 0.9), BatchSize(3), Steps(3)]
public partial class NormalizedTwoStages;

[Trainer<NormalizedBackbone>(Backward = Backward.Autograd)]
[FasterRcnn<OneScaleProposer, NormalizedRegionHead>(Scales = new[] { 0.4 }, AnchorThreshold = 0.5, SampledAnchors = 8,
    Proposals = 6, ProposalOverlap = 0.6, SampledRegions = 4, OffsetWeight = 2)]
[Sgd(0.02, Momentum = 0.9), BatchSize(3), Steps(3)]
public partial class NormalizedTwoStagesAutograd;

// Stops early by what it finds.
[Trainer<Backbone>]
[FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.35, 0.55 }, SampledAnchors = 8, Proposals = 6, SampledRegions = 4)]
[Adam(1e-3), BatchSize(2), Epochs(3), EarlyStopping(Metric.Loss, Patience = 1)]
public partial class StoppingTwoStages;
