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

// What a fork shows does not say which way is right: one policy that sees the present, and one that carries a state.
[Model(2), Linear(16), Tanh, Linear(2)]
public partial class Present;

[Model(2), Linear(16), Tanh, Linear(1)]
public partial class PresentWorth;

[Trainer<Present>, A2c<PresentWorth>(Rollout = 12, Environments = 16, Lambda = 0.95)]
[Adam(1e-2), ClipGradNorm(0.5), BatchSize(192), Steps(600)]
public partial class PresentTrainer;

[Model(2), Input("memory", 16), GruCell("memory"), Tag("next")]
[Linear(2), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
public partial class Remembered;

[Trainer<Remembered>, RecurrentA2c(Rollout = 12, Environments = 16, Lambda = 0.95)]
[Adam(1e-2), ClipGradNorm(0.5), BatchSize(16), Steps(600)]
public partial class RememberedTrainer;

/// <summary>The mean and the log deviation of a torque, before it is squashed.</summary>
[Model(3), Linear(64), ReLU, Linear(64), ReLU, Linear(2)]
public partial class Torque;

/// <summary>What a torque is worth.</summary>
[Model(3), Input("action", 1), Concat("action"), Linear(64), ReLU, Linear(64), ReLU, Linear(1)]
public partial class TorqueWorth;

[Trainer<Torque>, Sac<TorqueWorth>(Memory = 20_000), Adam(1e-3), Adam(1e-3, For = "Critic"), BatchSize(128), Steps(19_000)]
public partial class TorqueTrainer;
