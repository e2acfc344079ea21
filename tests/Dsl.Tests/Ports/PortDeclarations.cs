namespace Dsl.Tests.Ports;

[Model(6)]
[Linear(5), Tanh, Tag("hidden"), Linear(3), Output("Mean")]
[From("hidden"), Linear(3), Output("LogVariance")]
public partial class Gaussian;

[Model(6), Input("gate", 5)]
[Linear(5), Multiply("gate"), Tanh, Linear(4)]
public partial class Gated;

[Model(6)]
[Linear(4), Tag("first"), GELU, Concat("first"), Linear(3)]
public partial class Joined;

[Model(3, 4)]
[Linear(4), GELU, Permute(2, 1), Tanh, Flatten, Linear(3)]
public partial class Turned;

// The same output twice over, and an input as an output's only source beside another one.
[Model(4), Input("other", 4)]
[Linear(4), Tag("first"), Output("First"), From("other"), Linear(4), Add("first"), Output("Sum")]
public partial class TwoByTwo;

// Deep supervision: a second objective reads what a tag marks, an auxiliary head on the way.
[Model(6)]
[Linear(8), Tanh, Linear(4), Tag("early"), ReLU, Linear(8), Tanh, Linear(4)]
public partial class Deep;

[Trainer<Deep>, CrossEntropy, CrossEntropy(Of = "early", Weight = 0.4), Sgd(0.1), Steps(3)]
public partial class DeepExplicit;

[Trainer<Deep>(Backward = Backward.Autograd), CrossEntropy, CrossEntropy(Of = "early", Weight = 0.4), Sgd(0.1), Steps(3)]
public partial class DeepAutograd;

// A side branch that leads to an objective alone.
[Model(6)]
[Linear(8), Tanh, Tag("body"), Linear(4), Tag("side"), From("body"), Linear(4)]
public partial class Side;

[Trainer<Side>, CrossEntropy, CrossEntropy(Of = "side"), Sgd(0.1), Steps(3)]
public partial class SideExplicit;

[Trainer<Side>(Backward = Backward.Autograd), CrossEntropy, CrossEntropy(Of = "side"), Sgd(0.1), Steps(3)]
public partial class SideAutograd;

[Model(6)]
[Linear(8), Tanh, Tag("body"), Linear(4), Output("Fine")]
[From("body"), Linear(4), Output("Coarse")]
public partial class TwoHeads;

[Trainer<TwoHeads>, CrossEntropy(Of = "Coarse"), Sgd(0.1), Steps(3)]
public partial class OneHeadExplicit;

[Trainer<TwoHeads>(Backward = Backward.Autograd), CrossEntropy(Of = "Coarse"), Sgd(0.1), Steps(3)]
public partial class OneHeadAutograd;

[Trainer<Gated>, CrossEntropy, Adam(0.01), Steps(4), BatchSize(4)]
public partial class GatedExplicit;

[Trainer<Gated>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), Steps(4), BatchSize(4)]
public partial class GatedAutograd;

// A label for each position: tokens of a sequence, pixels of an image.
[Model(7, 6)]
[Linear(5), Tanh, Linear(4)]
public partial class Tagger;

[Trainer<Tagger>, CrossEntropy(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class TaggerExplicit;

[Trainer<Tagger>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class TaggerAutograd;

[Model(2, 5, 5)]
[Conv2d(4, 3, Padding = 1), Tanh, Conv2d(3, 1)]
public partial class Segmenter;

[Trainer<Segmenter>, CrossEntropy(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class SegmenterExplicit;

[Trainer<Segmenter>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class SegmenterAutograd;

// A probe reads features and does not shape them.
[Model(6), Linear(8), Tanh, Tag("features")]
[Linear(4), Output("Digit"), From("features"), StopGradient, Linear(4), Output("Probe")]
public partial class Probed;

[Trainer<Probed>, CrossEntropy(Of = "Digit"), CrossEntropy(Of = "Probe"), Sgd(0.1), Steps(3)]
public partial class ProbedExplicit;

[Trainer<Probed>(Backward = Backward.Autograd), CrossEntropy(Of = "Digit"), CrossEntropy(Of = "Probe"), Sgd(0.1), Steps(3)]
public partial class ProbedAutograd;
