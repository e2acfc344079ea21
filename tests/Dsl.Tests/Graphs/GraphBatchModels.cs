namespace Dsl.Tests.Graphs;

[Model(6), GraphSizes]
[Linear(5), GraphPool(Aggregation.Sum), Linear(3)]
public partial class PooledBySum;

[Model(6), GraphSizes]
[Linear(5), GraphPool(Aggregation.Mean), Linear(3)]
public partial class PooledByMean;

[Model(6), GraphSizes]
[Linear(5), GraphPool(Aggregation.Max), Linear(3)]
public partial class PooledByMax;

[Model(6), EdgeList, GraphSizes]
[GraphConv(5), ReLU, GraphPool(Aggregation.Sum)]
public partial class ConvolvedGraphs;

[Model(6), EdgeList]
[GraphIsomorphism(LearnsEpsilon = true), Linear(5), ReLU, GraphIsomorphism(Epsilon = 0.25)]
public partial class Isomorphic;

[Model(6), EdgeList, GraphSizes]
[GraphIsomorphism, Linear(8), ReLU, GraphIsomorphism, Linear(8), ReLU, GraphPool(Aggregation.Sum), Linear(3)]
public partial class IsomorphicGraphs;

[Model(6), EdgeList]
[GraphSage(5, Normalize = true), Tanh, GraphSage(3, Bias = false)]
public partial class Sage;

/// <summary>Every layer on graphs, one behind the other.</summary>
[Model(6), EdgeList, GraphSizes]
[GraphConv(6), ReLU, GraphAttention(6), ReLU, GraphIsomorphism, Linear(6), ReLU, GraphSage(6), ReLU, Tag("nodes")]
[GraphPool(Aggregation.Sum), Tag("sum"), From("nodes"), GraphPool(Aggregation.Mean), Tag("mean")]
[From("nodes"), GraphPool(Aggregation.Max), Concat("sum"), Concat("mean"), Linear(3)]
public partial class EveryGraphLayer;

[Trainer<EveryGraphLayer>, CrossEntropy, Adam(0.01), Epochs(2), BatchSize(3), Seed(5)]
public partial class GraphClassesExplicit;

[Trainer<EveryGraphLayer>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), Epochs(2), BatchSize(3), Seed(5)]
public partial class GraphClassesAutograd;

[Model(6), EdgeList, GraphSizes]
[GraphConv(5), ReLU, GraphPool(Aggregation.Mean), Linear(1)]
public partial class GraphNumber;

[Trainer<GraphNumber>, MeanSquaredError, Adam(0.01), Epochs(2), BatchSize(3)]
public partial class GraphNumberTrainer;

[Model(6), EdgeList]
[GraphConv(5), ReLU, GraphConv(1)]
public partial class NodeNumber;

[Trainer<NodeNumber>, MeanSquaredError, Adam(0.01), Epochs(2), BatchSize(3)]
public partial class NodeNumberTrainer;
