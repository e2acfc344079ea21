using Dsl;

namespace Recipes.Sinusoids;

[Model(1), Linear(40), ReLU, Linear(40), ReLU, Linear(1)]
public partial class Wave;

[Trainer<Wave>, MeanSquaredError, Maml(InnerRate = 0.01), Adam(1e-3), BatchSize(10), Steps(4000)]
public partial class SecondOrder;

[Trainer<Wave>, MeanSquaredError, Maml(InnerRate = 0.01, FirstOrder = true), Adam(1e-3), BatchSize(10), Steps(4000)]
public partial class FirstOrder;

/// <summary>All tasks as one: what a network learns of waves that it cannot tell apart.</summary>
[Trainer<Wave>, MeanSquaredError, Adam(1e-3), BatchSize(200), Steps(4000)]
public partial class Pretrained;
