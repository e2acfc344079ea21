namespace Dsl.Tests.Recipes;

// 36 weights and a bias: the 37 parameters of the reference.
[Model(36), Linear(1)]
public partial class Line;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Steps(10)]
public partial class SgdPlain;

[Trainer<Line>, MeanSquaredError, Sgd(0.1, Momentum = 0.9), Steps(10)]
public partial class SgdMomentum;

[Trainer<Line>, MeanSquaredError, Sgd(0.1, Momentum = 0.9, Nesterov = true), Steps(10)]
public partial class SgdNesterov;

[Trainer<Line>, MeanSquaredError, Sgd(0.1, WeightDecay = 0.05), Steps(10)]
public partial class SgdDecay;

[Trainer<Line>, MeanSquaredError, Sgd(0.1, Momentum = 0.9, WeightDecay = 0.05), Steps(10)]
public partial class SgdMomentumDecay;

[Trainer<Line>, MeanSquaredError, Sgd(0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.05), Steps(10)]
public partial class SgdNesterovDecay;

[Trainer<Line>, MeanSquaredError, Adam, Steps(10)]
public partial class AdamPlain;

[Trainer<Line>, MeanSquaredError, Adam(WeightDecay = 0.05), Steps(10)]
public partial class AdamDecay;

[Trainer<Line>, MeanSquaredError, Adam(Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3), Steps(10)]
public partial class AdamBetas;

[Trainer<Line>, MeanSquaredError, AdamW(WeightDecay = 0.05), Steps(10)]
public partial class AdamWDecay;

[Trainer<Line>, MeanSquaredError, AdamW(WeightDecay = 0), Steps(10)]
public partial class AdamWPlain;

[Trainer<Line>, MeanSquaredError, Sgd(1), ClipGradNorm(1), Steps(10)]
public partial class Clipped;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Steps(20)]
public partial class ConstantRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Constant(WarmupSteps = 7), Steps(20)]
public partial class ConstantWarmup;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Cosine, Steps(50)]
public partial class CosineRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Cosine(Minimum = 0.01), Steps(50)]
public partial class CosineToMinimum;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Cosine(WarmupSteps = 10), Steps(50)]
public partial class CosineWarmup;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Cosine(WarmupSteps = 10, Minimum = 0.01), Steps(50)]
public partial class CosineWarmupMinimum;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Step(2, Gamma = 0.3), Epochs(10)]
public partial class StepRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Step(2, Gamma = 0.3, WarmupSteps = 9), Epochs(10)]
public partial class StepWarmup;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Step(2, Gamma = 0.3, WarmupSteps = 15), Epochs(10)]
public partial class StepLongWarmup;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Cosine(WarmupEpochs = 2), Epochs(10)]
public partial class CosineWarmupEpochs;
