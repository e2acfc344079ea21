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
