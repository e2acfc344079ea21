namespace Dsl.Tests.Graphs;

[Model(6), EdgeList]
[GraphConv(4)]
public partial class LinkEncoder;

[Trainer<LinkEncoder>, LinkPrediction, Adam(0.01), Epochs(4)]
public partial class LinksExplicit;

[Trainer<LinkEncoder>(Backward = Backward.Autograd), LinkPrediction, Adam(0.01), Epochs(4)]
public partial class LinksAutograd;

[Model(40), EdgeList("links")]
[GraphConv(16, Edges = "links"), ReLU, GraphConv(8, Edges = "links")]
public partial class CommunityEncoder;

[Trainer<CommunityEncoder>, LinkPrediction, Adam(0.01), Epochs(150), Seed(1)]
public partial class CommunityLinks;
