namespace Dsl.Tests.Recipes;

[Trainer<TwoLayers>, CrossEntropy, Adam(0.05, Beta1 = 0.5, Beta2 = 0.6, AmsGrad = true), Steps(10)]
public partial class AdamAmsGrad;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy,
    AdamW(0.05, Beta1 = 0.5, Beta2 = 0.6, AmsGrad = true, WeightDecay = 0.05), Steps(10)]
public partial class AdamWAmsGrad;

[Trainer<TwoLayers>, CrossEntropy, RmsProp(0.05), Steps(10)]
public partial class RmsPropPlain;

[Trainer<TwoLayers>, CrossEntropy, RmsProp(0.05, Alpha = 0.9, Centered = true), Steps(10)]
public partial class RmsPropCentered;

[Trainer<TwoLayers>, CrossEntropy, RmsProp(0.05, Alpha = 0.9, Momentum = 0.9, WeightDecay = 0.05, Epsilon = 1e-3), Steps(10)]
public partial class RmsPropMomentumDecay;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy, RmsProp(0.05, Alpha = 0.8, Momentum = 0.5, Centered = true),
    Steps(10)]
public partial class RmsPropCenteredMomentum;

[Trainer<TwoLayers>, CrossEntropy, Adagrad(0.05), Steps(10)]
public partial class AdagradPlain;

[Trainer<TwoLayers>, CrossEntropy]
[Adagrad(0.05, LearningRateDecay = 0.1, WeightDecay = 0.05, InitialAccumulator = 0.5, Epsilon = 1e-3), Steps(10)]
public partial class AdagradDecay;

[Trainer<TwoLayers>, CrossEntropy, Lars(4, WeightDecay = 0.1), Steps(10)]
public partial class LarsScaled;

[Trainer<TwoLayers>, CrossEntropy, Lars(4, WeightDecay = 0.1, Form = LarsMomentum.Unscaled), Steps(10)]
public partial class LarsUnscaled;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy,
    Lars(4, TrustCoefficient = 0.02, Epsilon = 0, AdaptVectors = true), Steps(10)]
public partial class LarsVectors;

[Trainer<TwoLayers>, CrossEntropy, Lamb(0.05), Steps(10)]
public partial class LambPlain;

[Trainer<TwoLayers>(Backward = Backward.Autograd), CrossEntropy, Lamb(0.05), Steps(10)]
public partial class LambAutograd;

[Trainer<TwoLayers>, CrossEntropy, Lamb(0.05, Beta1 = 0.8, Beta2 = 0.95, WeightDecay = 0.1, BiasCorrection = false), Steps(10)]
public partial class LambUncorrected;

// A matrix and a kernel, each with a vector.
[Model(3, 5, 5), Conv2d(4, 2), Flatten, Linear(6)]
public partial class Convolved;

[Trainer<Convolved>, CrossEntropy, Sgd(1), ClipGradValue(0.5), Steps(10)]
public partial class ClippedByValue;

[Trainer<Convolved>, CrossEntropy, Sgd(1), AdaptiveGradientClipping, Steps(10)]
public partial class ClippedByUnit;

[Trainer<Convolved>, CrossEntropy, Sgd(1), AdaptiveGradientClipping(0.01, Except = "2"), Steps(10)]
public partial class ClippedButTheLast;

[Trainer<Convolved>, CrossEntropy, Sgd(1), ClipGradNorm(1e30), Steps(10)]
public partial class ClippedByNothing;
