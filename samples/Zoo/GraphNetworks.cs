using Dsl;

namespace Zoo;

/// <summary>The graph convolutional network of Kipf and Welling 2017 for Cora (1,433 words, 7 classes): 23,063
/// parameters.</summary>
[Model(1433), EdgeList]
[Dropout(0.5), GraphConv(16), ReLU]
[Dropout(0.5), GraphConv(7)]
public partial class Gcn;

/// <summary>The graph attention network of Veličković et al. 2018 for Cora, 8 heads of 8 features: 92,373 parameters.</summary>
[Model(1433), EdgeList]
[Dropout(0.6), GraphAttention(8, Heads = 8, Dropout = 0.6), ELU]
[Dropout(0.6), GraphAttention(7, Dropout = 0.6)]
public partial class Gat;
