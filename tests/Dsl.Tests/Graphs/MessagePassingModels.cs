using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

[Model(6), EdgeList, EdgeFeatures(4)]
[GraphIsomorphism(LearnsEpsilon = true, EdgeFeatures = "edgeFeatures", ProjectEdges = true), Linear(4), ReLU]
[GraphIsomorphism(Epsilon = 0.25, EdgeFeatures = "edgeFeatures")]
public partial class IsomorphicWithEdges;

[Block]
[Linear(Arg.Hidden), ReLU, Linear(5)]
public partial class BondMessage;

[Block]
[Linear(Arg.Features), Tanh]
public partial class AtomUpdate;

[Model(6), EdgeList, EdgeFeatures(4)]
[MessagePassing<BondMessage, AtomUpdate>(Aggregation.Sum, Hidden = 8, Features = 7)]
public partial class PassingBySum;

[Model(6), EdgeList, EdgeFeatures(4)]
[MessagePassing<BondMessage, AtomUpdate>(Aggregation.Mean, Hidden = 8, Features = 7)]
public partial class PassingByMean;

[Model(6), EdgeList("links"), EdgeFeatures(4, "bonds", Edges = "links")]
[MessagePassing<BondMessage, AtomUpdate>(Aggregation.Max, Edges = "links", EdgeFeatures = "bonds", Hidden = 8, Features = 7)]
public partial class PassingByMax;

/// <summary>What an edge and its receiver let pass of the sender.</summary>
[Block]
[From("edge"), Concat("receiver"), Linear(6), Sigmoid, Multiply("sender")]
public partial class GatedMessage;

[Block]
[From("messages"), Linear(6), ReLU, Add("node")]
public partial class AddedUpdate;

[Model(6), EdgeList, EdgeFeatures(4)]
[MessagePassing<GatedMessage, AddedUpdate>(Aggregation.Sum)]
public partial class PassingGated;

/// <summary>A network of the edge makes the matrix that the sender is multiplied with (Gilmer et al. 2017, section
/// 5.1).</summary>
[Block]
[From("edge"), Linear(5), ReLU, Bilinear(6, With = "sender", Bias = false), Tag("product")]
[From("sender"), Linear(6, Bias = false), Add("product")]
public partial class EdgeNetwork;

[Block]
[From("messages"), GruCell("node")]
public partial class GatedUpdate;

[Model(6), EdgeList, EdgeFeatures(4)]
[MessagePassing<EdgeNetwork, GatedUpdate>(Aggregation.Sum)]
public partial class PassingByEdgeNetwork;

[Block]
[Linear(Arg.Features)]
public partial class LinearMessage;

[Block]
[Linear(Arg.Features), ReLU]
public partial class RectifiedUpdate;

[Model(6), EdgeList]
[MessagePassing<LinearMessage, RectifiedUpdate>(Aggregation.Mean, Features = 5)]
[MessagePassing<LinearMessage, RectifiedUpdate>(Aggregation.Mean, Features = 5)]
public partial class PassingWithoutFeatures;

/// <summary>A step of message passing as a method.</summary>
[Model(6), EdgeList, EdgeFeatures(4)]
public partial class PassingMethod
{
    public Tensor Forward(Tensor nodes, Tensor edges, Tensor edgeFeatures) => Pass(nodes, edges, edgeFeatures);

    [MessagePassing<BondMessage, AtomUpdate>(Aggregation.Sum, Hidden = 8, Features = 7)]
    private partial Tensor Pass(Tensor nodes, Tensor edges, Tensor edgeFeatures);
}

/// <summary>Every way to read features of edges, and blocks used often enough to become classes of their own.</summary>
[Model(6), EdgeList, EdgeFeatures(4), GraphSizes]
[GraphIsomorphism(EdgeFeatures = "edgeFeatures", ProjectEdges = true), ReLU, Use<GatedStep>(Times = 3)]
[MessagePassing<BondMessage, AtomUpdate>(Aggregation.Mean, Hidden = 8, Features = 7)]
[MessagePassing<BondMessage, AtomUpdate>(Aggregation.Max, Hidden = 8, Features = 7), GraphPool(Aggregation.Sum), Linear(3)]
public partial class EdgeFeatureGraphs;

[Block]
[MessagePassing<GatedMessage, AddedUpdate>(Aggregation.Sum)]
public partial class GatedStep;

[Trainer<EdgeFeatureGraphs>, CrossEntropy, Adam(0.01), Epochs(2), BatchSize(3), Seed(5)]
public partial class EdgeFeaturesExplicit;

[Trainer<EdgeFeatureGraphs>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), Epochs(2), BatchSize(3), Seed(5)]
public partial class EdgeFeaturesAutograd;
