namespace Dsl.Tests.Recipes;

[Model(5), Linear(6), ReLU, Linear(3)]
public partial class TwoLayers;

[Trainer<TwoLayers>, CrossEntropy, AdamW(0.05, WeightDecay = 0.1, DecayVectors = false), Steps(10)]
public partial class AdamWMatrices;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy, AdamW(0.05, WeightDecay = 0.1, DecayVectors = false), Steps(10)]
public partial class AdamWMatricesAutograd;

[Trainer<TwoLayers>, CrossEntropy, Sgd(0.05, Momentum = 0.9, WeightDecay = 0.1, DecayVectors = false), Steps(10)]
public partial class SgdMatrices;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy]
[Sgd(0.05, Momentum = 0.9, WeightDecay = 0.1, DecayVectors = false), Steps(10)]
public partial class SgdMatricesAutograd;

[Trainer<TwoLayers>, CrossEntropy, Adam(0.05), ParameterGroup("0", WeightDecay = 0.2, LearningRateScale = 0.1), Steps(10)]
public partial class AdamFirstLayer;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy]
[Adam(0.05), ParameterGroup("0", WeightDecay = 0.2, LearningRateScale = 0.1), Steps(10)]
public partial class AdamFirstLayerAutograd;

// The longest path decides; a vector that is named in full decays although vectors do not.
[Trainer<TwoLayers>, CrossEntropy, Sgd(1, WeightDecay = 0.1, DecayVectors = false), Steps(10)]
[ParameterGroup("0", WeightDecay = 0.2), ParameterGroup("0.bias", WeightDecay = 0.3),
    ParameterGroup("2.weight", LearningRateScale = 0.5)]
public partial class Nested;

[Model(5), Linear(6), Frozen, ReLU, Linear(3)]
public partial class FrozenFirst;

[Trainer<FrozenFirst>, CrossEntropy, Lamb(0.1, DecayVectors = true), ParameterGroup("2.bias", LearningRateScale = 0),
    AdaptiveGradientClipping, Steps(10)]
public partial class FrozenLamb;

[Model(5), Linear(6), ReLU, Linear(6), ReLU, Linear(3)]
public partial class ThreeLayers;

[Trainer<ThreeLayers>, CrossEntropy, Adam(0.05), DiscriminativeRates, GradualUnfreezing, Epochs(4)]
public partial class UnfreezingAdam;

[Trainer<ThreeLayers>(Backward = Backward.Autograd), CrossEntropy, Adam(0.05), GradualUnfreezing, DiscriminativeRates(2.6)]
[Epochs(4)]
public partial class UnfreezingAdamAutograd;

[Trainer<ThreeLayers>, CrossEntropy, Sgd(0.05, Momentum = 0.9, WeightDecay = 0.1), DiscriminativeRates, GradualUnfreezing]
[Epochs(4)]
public partial class UnfreezingSgd;

[Trainer<ThreeLayers>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.05, Momentum = 0.9, WeightDecay = 0.1)]
[DiscriminativeRates, GradualUnfreezing, Epochs(4)]
public partial class UnfreezingSgdAutograd;

// A scale of its own is a further factor, for the first layer of two.
[Trainer<TwoLayers>, CrossEntropy, Sgd(1, WeightDecay = 0.1), DiscriminativeRates(4), ParameterGroup("0.weight",
    LearningRateScale = 0.5), Steps(10)]
public partial class ScaledTwice;

[Model(5)]
public partial class Towers
{
    [Linear(6), ReLU, Linear(6), ReLU] private partial TorchSharp.torch.Tensor low(TorchSharp.torch.Tensor x);
    [Linear(3)] private partial TorchSharp.torch.Tensor head(TorchSharp.torch.Tensor x);
    public TorchSharp.torch.Tensor Forward(TorchSharp.torch.Tensor x) => head(low(x));
}

[Trainer<Towers>, CrossEntropy, Sgd(1, WeightDecay = 0.1), DiscriminativeRates(2, Depth = 2), Steps(10)]
public partial class TowersTrainer;
