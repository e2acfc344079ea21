using Dsl;

namespace Zoo;

/// <summary>A layer whose output is appended to its input (Huang et al. 2017, arXiv 1608.06993, equation 2).</summary>
[Block, Tag("input"), BatchNorm2d, ReLU, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), Concat("input")]
public partial class DenseLayer;

/// <summary>Between two dense blocks: half the height and width.</summary>
[Block, BatchNorm2d, ReLU, Conv2d(Arg.Channels, 1, Bias = false), AvgPool2d(2)]
public partial class Transition;

/// <summary>DenseNet-40 with growth 12: 1,019,722 parameters (1.0 M in the paper's table 2).</summary>
[Model(3, 32, 32)]
[Conv2d(16, 3, Padding = 1, Bias = false)]
[Use<DenseLayer>(Channels = 12, Times = 12), Use<Transition>(Channels = 160)]
[Use<DenseLayer>(Channels = 12, Times = 12), Use<Transition>(Channels = 304)]
[Use<DenseLayer>(Channels = 12, Times = 12)]
[BatchNorm2d, ReLU, GlobalAvgPool2d, Linear(10)]
public partial class DenseNet40;
