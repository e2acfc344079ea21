using Dsl;
using Zoo;

namespace Recipes.Cora;

/// <summary>Kipf and Welling 2017, section 5.2: 200 epochs, L2 on the first layer alone.</summary>
[Trainer<Gcn>, CrossEntropy, Adam(0.01), ParameterGroup("1", WeightDecay = 5e-4), Epochs(200)]
public partial class GcnTrainer;

/// <summary>Veličković et al. 2018, section 3.3: the epoch of the lowest validation loss, at most 600, given up after 100
/// without a lower one.</summary>
[Trainer<Gat>, CrossEntropy, Adam(0.005, WeightDecay = 5e-4), Epochs(600)]
public partial class GatTrainer;

/// <summary>The encoder of the graph autoencoder (Kipf and Welling 2016, section 3): widths 32 and 16, without biases.</summary>
[Model(1433), EdgeList]
[GraphConv(32, Bias = false), ReLU, GraphConv(16, Bias = false)]
public partial class LinkEncoder;

/// <summary>200 steps, each over the whole graph.</summary>
[Trainer<LinkEncoder>, LinkPrediction, Adam(0.01), Epochs(200)]
public partial class LinkTrainer;
