namespace Dsl.Tests.Flows;

[Model(10), Input("time"), Tag("between")]
[From("time"), TimestepEmbedding(8, Scale = 1000), Linear(6), Tanh, Tag("when")]
[From("between"), Concat("when"), Linear(12), Tanh, Linear(10)]
public partial class Mlp;

[Model(2, 4, 4), Input("time"), Tag("between")]
[From("time"), TimestepEmbedding(8, Scale = 1000), Linear(6), Tag("when")]
[From("between"), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, FiLM("when"), Tanh, Conv2d(2, 3, Padding = 1)]
public partial class Cnn;

[Model(10), Input("time"), Input("digit", Elements = Elements.Index), Tag("between")]
[From("time"), TimestepEmbedding(8, Scale = 1000), Tag("when")]
[From("digit"), Embedding(4, 5), Concat("when"), Linear(6), Tanh, Tag("both")]
[From("between"), Concat("both"), Linear(12), Tanh, Linear(10)]
public partial class Labelled;

[Trainer<Mlp>, FlowMatching(Sigma = 0.05), Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class FlowMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), FlowMatching(Sigma = 0.05, Solver = OdeSolver.Euler)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class FlowMlpAutograd;

[Trainer<Cnn>, FlowMatching(Sigma = 0.05), Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class FlowCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), FlowMatching(Sigma = 0.05), Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class FlowCnnAutograd;

[Trainer<Labelled>, FlowMatching(Sigma = 0.05, Solver = OdeSolver.Euler, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class FlowByLabel;

[Trainer<Labelled>(Backward = Backward.Autograd)]
[FlowMatching(Sigma = 0.05, Solver = OdeSolver.Euler, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Steps(3)]
public partial class FlowByLabelAutograd;
