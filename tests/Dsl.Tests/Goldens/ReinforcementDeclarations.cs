namespace Dsl.Tests.Reinforcements;

[Model(4), Linear(8), Tanh, Linear(3)]
public partial class Three;

[Model(4), Linear(8), Tanh, Linear(1)]
public partial class Worth;

[Trainer<Three>, Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5), Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class DqnOfThree;

[Trainer<Three>(Backward = Backward.Autograd), Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class DqnOfThreeAutograd;

[Trainer<Three>, Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5, Double = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class DoubleOfThree;

[Trainer<Three>(Backward = Backward.Autograd), Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5, Double = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class DoubleOfThreeAutograd;

[Trainer<Three>, Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5, Double = true, Priority = 0.6, Memory = 100)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class PriorityOfThree;

[Trainer<Three>(Backward = Backward.Autograd)]
[Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5, Double = true, Priority = 0.6, Memory = 100)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class PriorityOfThreeAutograd;

// A state's worth, and how much better than the mean each action is (Wang et al. 2016).
[Model(4)]
public partial class Dueling
{
    [Linear(8), Tanh] private partial TorchSharp.torch.Tensor Hidden(TorchSharp.torch.Tensor x);
    [Linear(1)] private partial TorchSharp.torch.Tensor Worth(TorchSharp.torch.Tensor x);
    [Linear(3)] private partial TorchSharp.torch.Tensor Advantage(TorchSharp.torch.Tensor x);

    public TorchSharp.torch.Tensor Forward(TorchSharp.torch.Tensor x)
    {
        var hidden = Hidden(x);
        var advantage = Advantage(hidden);
        return Worth(hidden) + advantage - advantage.mean([1], keepdim: true);
    }
}

[Trainer<Dueling>, Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5, Double = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class DuelingTrainer;

[Trainer<Dueling>(Backward = Backward.Autograd), Dqn(Discount = 0.9, TargetPeriod = 2, Delta = 0.5, Double = true)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class DuelingTrainerAutograd;

[Trainer<Three>, Reinforce(Entropy = 0.1), Sgd(0.1, Momentum = 0.9), BatchSize(2), Steps(3)]
public partial class ReinforceOfThree;

[Trainer<Three>(Backward = Backward.Autograd), Reinforce(Entropy = 0.1), Sgd(0.1, Momentum = 0.9), BatchSize(2), Steps(3)]
public partial class ReinforceOfThreeAutograd;

[Trainer<Three>, A2c<Worth>(Rollout = 3, Environments = 4), Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class A2cOfThree;

[Trainer<Three>(Backward = Backward.Autograd), A2c<Worth>(Rollout = 3, Environments = 4)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class A2cOfThreeAutograd;

[Trainer<Three>, Ppo<Worth>(Rollout = 6, Environments = 4), Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class PpoOfThree;

[Trainer<Three>(Backward = Backward.Autograd), Ppo<Worth>(Rollout = 6, Environments = 4)]
[Sgd(0.1, Momentum = 0.9), BatchSize(12), Steps(3)]
public partial class PpoOfThreeAutograd;

[Model(4), Linear(16), Tanh, Linear(2)]
public partial class Balance;

[Model(4), Linear(16), Tanh, Linear(1)]
public partial class BalanceWorth;

[Trainer<Balance>, Dqn(Memory = 150, LearningStarts = 40, ExploreSteps = 200, TargetPeriod = 7)]
[Adam(1e-2), BatchSize(8), Steps(60)]
public partial class Balancer;

[Trainer<Balance>, Dqn(Memory = 150, LearningStarts = 40, ExploreSteps = 200, TargetPeriod = 7, Priority = 0.6)]
[Adam(1e-2), BatchSize(8), Steps(60)]
public partial class BalancerByPriority;

[Trainer<Balance>, A2c<BalanceWorth>(Rollout = 4, Environments = 3), Adam(1e-2), BatchSize(12), Steps(60)]
public partial class BalancerByActor;

[Trainer<Balance>, Ppo<BalanceWorth>(Rollout = 6, Environments = 4, Passes = 2), Adam(1e-2), BatchSize(8), Steps(60)]
public partial class BalancerByPpo;

[Trainer<Balance>, Reinforce, Adam(1e-2), BatchSize(2), Steps(20)]
public partial class BalancerByEpisodes;

[Model(15), Linear(4, Bias = false)]
public partial class Cells;

[Trainer<Cells>, Dqn(Double = true, LearningStarts = 200, ExploreSteps = 2000, TargetPeriod = 50, StepsPerUpdate = 2)]
[Adam(3e-2), BatchSize(32), Steps(2000)]
public partial class CellsTrainer;

[Model(2), Linear(16), Tanh, Linear(2)]
public partial class Forgetful;

[Model(2), Linear(16), Tanh, Linear(1)]
public partial class ForgetfulWorth;

[Trainer<Forgetful>, Ppo<ForgetfulWorth>(Rollout = 16), Adam(1e-2), BatchSize(64), Steps(400)]
public partial class ForgetfulTrainer;

[Model(4, 2), Gru(16, States = States.Last), Linear(2)]
public partial class Remembering;

[Model(4, 2), Gru(16, States = States.Last), Linear(1)]
public partial class RememberingWorth;

[Trainer<Remembering>, Ppo<RememberingWorth>(Rollout = 16), Adam(1e-2), BatchSize(64), Steps(400)]
public partial class RememberingTrainer;

[Model(4), Input("memory", 5), Linear(6), Tanh, GruCell("memory"), Tag("next")]
[Linear(3), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
public partial class Rememberer;

[Trainer<Rememberer>, RecurrentA2c(Rollout = 4, Environments = 6), Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class A2cOfRememberer;

[Trainer<Rememberer>(Backward = Backward.Autograd), RecurrentA2c(Rollout = 4, Environments = 6)]
[Sgd(0.1, Momentum = 0.9), BatchSize(6), Steps(3)]
public partial class A2cOfRemembererAutograd;

[Model(2), Input("memory", 16), GruCell("memory"), Tag("next")]
[Linear(2), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
public partial class Carrying;

[Trainer<Carrying>, RecurrentA2c(Rollout = 10, Environments = 16, Lambda = 0.95), Adam(1e-2), ClipGradNorm(0.5), BatchSize(16)]
[Steps(300)]
public partial class CarryingTrainer;

[Model(4), Linear(8), Tanh, Linear(4)]
public partial class Acting;

[Model(4), Input("action", 2), Concat("action"), Linear(8), Tanh, Linear(1)]
public partial class Valued;

[Trainer<Acting>, Sac<Valued>(Discount = 0.9, Tau = 0.1, Temperature = 0.30119421191220214), Sgd(0.05)]
[Sgd(0.05, For = "Critic"), BatchSize(12), Steps(3)]
public partial class SacOfTwo;

[Trainer<Acting>(Backward = Backward.Autograd), Sac<Valued>(Discount = 0.9, Tau = 0.1, Temperature = 0.30119421191220214)]
[Sgd(0.05), Sgd(0.05, For = "Critic"), BatchSize(12), Steps(3)]
public partial class SacOfTwoAutograd;

[Model(3), Linear(24), ReLU, Linear(2)]
public partial class Swinging;

[Model(3), Input("action", 1), Concat("action"), Linear(24), ReLU, Linear(1)]
public partial class SwingingWorth;

[Trainer<Swinging>, Sac<SwingingWorth>(Memory = 150, LearningStarts = 40, StepsPerUpdate = 2), Adam(1e-2)]
[Adam(1e-2, For = "Critic"), BatchSize(8), Steps(300)]
public partial class Swinger;
