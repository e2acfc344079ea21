namespace Dsl.Tests.Steady;

[Model(64), Linear(64), ReLU, Linear(32), Sigmoid, Linear(10)]
public partial class Dense;

[Trainer<Dense>, CrossEntropy, Adam(1e-3)]
public partial class DenseByAdam;

[Trainer<Dense>, CrossEntropy, Sgd(0.1, Momentum = 0.9, Nesterov = true), ClipGradNorm(1)]
public partial class DenseBySgd;

[Trainer<Dense>, MeanSquaredError, AdamW(1e-3)]
public partial class DenseByAdamW;

[Model(1, 12, 12), Conv2d(8, 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(16, 3), ReLU, MaxPool2d(2), Flatten, Linear(10)]
public partial class Pooled;

[Trainer<Pooled>, CrossEntropy, Adam(1e-3)]
public partial class PooledTrainer;
