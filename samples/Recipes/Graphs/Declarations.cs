using Dsl;

namespace Recipes.Graphs;

/// <summary>Sums of neighbours and of nodes: a graph isomorphism network.</summary>
[Model(1), EdgeList, GraphSizes]
[GraphIsomorphism, Linear(16), ReLU, Linear(16), ReLU]
[GraphIsomorphism, Linear(16), ReLU, Linear(16), ReLU]
[GraphPool(Aggregation.Sum), Linear(2)]
public partial class Sums;

/// <summary>Means of neighbours and of nodes.</summary>
[Model(1), EdgeList, GraphSizes]
[GraphSage(16), ReLU, GraphSage(16), ReLU, GraphPool(Aggregation.Mean), Linear(2)]
public partial class Means;

/// <summary>Sums of neighbours over the roots of degrees, and means of nodes: a graph convolutional network.</summary>
[Model(1), EdgeList, GraphSizes]
[GraphConv(16), ReLU, GraphConv(16), ReLU, GraphPool(Aggregation.Mean), Linear(2)]
public partial class Normalized;

[Trainer<Sums>, CrossEntropy, Adam(1e-2), Cosine, BatchSize(32), Epochs(60)]
public partial class SumsTrainer;

[Trainer<Means>, CrossEntropy, Adam(1e-2), Cosine, BatchSize(32), Epochs(60)]
public partial class MeansTrainer;

[Trainer<Normalized>, CrossEntropy, Adam(1e-2), Cosine, BatchSize(32), Epochs(60)]
public partial class NormalizedTrainer;

/// <summary>A layer of a graph transformer: attention along edges, and two linear layers for each node.</summary>
[Block, GraphTransformerAttention(Arg.Heads), Residual, LayerNorm, Tag("attended")]
[Linear(Arg.Hidden), ReLU, Linear(Arg.Features), Add("attended"), LayerNorm]
public partial class TransformerLayer;

/// <summary>Nodes that know their places among eigenvectors, whose signs say nothing.</summary>
[Model(1), EdgeList, GraphSizes, Input("positions", 5)]
[Linear(16), Tag("nodes"), From("positions"), RandomSigns, Linear(16), Add("nodes")]
[Use<TransformerLayer>(Heads = 4, Hidden = 32, Features = 16, Times = 2), GraphPool(Aggregation.Sum), Linear(2)]
public partial class Positioned;

[Trainer<Positioned>, CrossEntropy, Adam(1e-2), Cosine, BatchSize(32), Epochs(20)]
public partial class PositionedTrainer;
