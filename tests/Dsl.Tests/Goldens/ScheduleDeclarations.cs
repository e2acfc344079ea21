namespace Dsl.Tests.Recipes;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Exponential(0.8), Epochs(5)]
public partial class ExponentialRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Exponential(0.9, EverySteps = 1), Steps(30)]
public partial class ExponentialSteps;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Exponential(0.5, Minimum = 0.02), Epochs(5)]
public partial class ExponentialFloor;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), PartialCosine, Steps(30)]
public partial class PartialCosineRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), PartialCosine(0.25, WarmupSteps = 5), Steps(30)]
public partial class QuarterCosine;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Polynomial, Steps(30)]
public partial class PolynomialRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Polynomial(2), Steps(30)]
public partial class PolynomialSquare;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Polynomial(0.9, Minimum = 0.01, WarmupSteps = 5), Steps(30)]
public partial class PolynomialWarmup;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), Polynomial(0.9, Minimum = 0.01, WarmupSamples = 153), BatchSize(32), Steps(30)]
public partial class PolynomialWarmupSamples;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), CosineRestarts(T0Steps = 10), Steps(70)]
public partial class Restarts;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), CosineRestarts(T0Epochs = 2, TMult = 2, Minimum = 0.01), Epochs(14)]
public partial class RestartsDoubling;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), CosineRestarts(T0Steps = 6, TMult = 3, WarmupSteps = 4), Steps(70)]
public partial class RestartsWarmup;

[Trainer<Line>, MeanSquaredError, Sgd(0.1, Momentum = 0.9), OneCycle, Steps(50)]
public partial class OneCycleRate;

[Trainer<Line>, MeanSquaredError, Sgd(0.1), OneCycle(PctStart = 0.1, CycleMomentum = false), Steps(43)]
public partial class OneCycleEarly;

[Trainer<Line>, MeanSquaredError, Adam(0.1), OneCycle, Steps(10)]
public partial class OneCycleAdam;
