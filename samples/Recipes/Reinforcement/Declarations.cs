using Dsl;

namespace Recipes.Reinforcement;

/// <summary>Values of pushing left and right.</summary>
[Model(4), Linear(128), ReLU, Linear(84), ReLU, Linear(2)]
public partial class QNet;

[Trainer<QNet>, Dqn(Double = true, TargetPeriod = 250, StepsPerUpdate = 2, Memory = 50_000, ExploreSteps = 10_000)]
[Adam(1e-3), Polynomial, ClipGradNorm(10), BatchSize(128), Steps(74_500)]
public partial class QTrainer;

/// <summary>Logits of pushing left and right.</summary>
[Model(4), Linear(64), Tanh, Linear(64), Tanh, Linear(2)]
public partial class Policy;

/// <summary>What is still to be earned.</summary>
[Model(4), Linear(64), Tanh, Linear(64), Tanh, Linear(1)]
public partial class Critic;

[Trainer<Policy>, Ppo<Critic>(Rollout = 32, Passes = 20, Discount = 0.98, Lambda = 0.8, Entropy = 0)]
[Adam(1e-3), Polynomial, ClipGradNorm(0.5), BatchSize(256), Steps(15_620)]
public partial class PpoTrainer;

[Trainer<Policy>, A2c<Critic>(Rollout = 8, Environments = 8, Entropy = 0)]
[RmsProp(2e-3), Polynomial, ClipGradNorm(0.5), BatchSize(64), Steps(3_125)]
public partial class A2cTrainer;
