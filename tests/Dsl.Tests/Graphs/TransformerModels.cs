namespace Dsl.Tests.Graphs;

[Model(6), EdgeList]
[GraphTransformerAttention(2), ReLU]
public partial class AttendedNodes;

[Model(6), GraphSizes]
[GraphTransformerAttention(2, Full = true), ReLU]
public partial class AttendedGraphs;

/// <summary>A layer of a graph transformer.</summary>
[Block, GraphTransformerAttention(Arg.Heads), Residual, LayerNorm, Tag("attended")]
[Linear(Arg.Hidden), ReLU, Linear(Arg.Features), Add("attended"), LayerNorm]
public partial class SparseTransformerLayer;

/// <summary>The same over all nodes of a graph.</summary>
[Block, GraphTransformerAttention(Arg.Heads, Full = true), Residual, LayerNorm, Tag("attended")]
[Linear(Arg.Hidden), ReLU, Linear(Arg.Features), Add("attended"), LayerNorm]
public partial class FullTransformerLayer;

[Model(6), EdgeList, GraphSizes, Input("positions", 3)]
[Linear(8), Tag("nodes"), From("positions"), RandomSigns, Linear(8), Add("nodes")]
[Use<SparseTransformerLayer>(Heads = 2, Hidden = 16, Features = 8)]
[Use<FullTransformerLayer>(Heads = 2, Hidden = 16, Features = 8)]
[GraphPool(Aggregation.Mean), Linear(3)]
public partial class TransformedGraphs;

[Trainer<TransformedGraphs>, CrossEntropy, Adam(0.01), Epochs(2), BatchSize(3), Seed(5)]
public partial class TransformedExplicit;

[Trainer<TransformedGraphs>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), Epochs(2), BatchSize(3), Seed(5)]
public partial class TransformedAutograd;

/// <summary>One graph: its columns have one sign each.</summary>
[Model(3), RandomSigns, Linear(2)]
public partial class SignedPositions;
