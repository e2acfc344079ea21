namespace Dsl.Tests.Graphs;

[Model(6), EdgeList]
[GraphConv(5)]
public partial class Convolved;

[Model(6), EdgeList("links")]
[GraphConv(5, Edges = "links"), ReLU, GraphConv(3, Edges = "links", Bias = false)]
public partial class TwoConvolutions;

[Model(6), EdgeList]
[GraphAttention(4, Heads = 3)]
public partial class Attended;

[Model(6), EdgeList]
[GraphAttention(4, Heads = 2, NegativeSlope = 0.1), ELU, GraphAttention(3, Heads = 2, Average = true)]
public partial class TwoAttentions;

[Trainer<TwoConvolutions>, CrossEntropy, Adam(0.01), Steps(4)]
public partial class ConvolutionExplicit;

[Trainer<TwoConvolutions>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), Steps(4)]
public partial class ConvolutionAutograd;
