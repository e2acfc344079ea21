using Dsl.Runtime;
using Recipes.Reinforcement;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Behaviour;

/// <summary>The recipes of agents, shortened.</summary>
public sealed class ReinforcementRecipeTests
{
    [Fact]
    public void Strategies_stand_in_the_order_of_the_book()
    {
        var rewards = BanditRecipe.Strategies.ToDictionary(
            each => each.Name, each => BanditTestbed.Run(each.Strategy, runs: 150).LastReward());
        Assert.True(rewards["greedy"] < rewards["ε-greedy, ε = 0.01"] - 0.1);
        Assert.True(rewards["ε-greedy, ε = 0.01"] < rewards["upper confidence bound, c = 2"] - 0.05);
        Assert.True(rewards["ε-greedy, ε = 0.1"] < rewards["Thompson"] - 0.05);
    }

    [Fact]
    public void Q_learning_falls_where_Sarsa_walks_around()
    {
        var q = CliffRecipe.Measure(TemporalDifference.QLearning, 20);
        var sarsa = CliffRecipe.Measure(TemporalDifference.Sarsa, 20);
        Assert.True(q.Online < sarsa.Online - 12, $"{q} {sarsa}");
        Assert.Equal((-13.0, 1.0), (q.Way, q.Shortest));
        Assert.True(sarsa.Way < -14, $"{sarsa}");
    }

    [Fact]
    public void A_policy_balances_after_ten_thousand_steps()
    {
        using var generator = new Generator(0);
        using Policy model = new(generator);
        using Critic critic = new(generator);
        using var trainer = new PpoTrainer(model, critic) { Seed = 0, Steps = 800 };
        var (_, measured) = CartPoleRecipe.Measure(model, CPU, 400, () => trainer.Lived.StepCount, watched => trainer.Fit(
            new VectorEnvironment<float[], int>(() => new CartPole(), 8), watched));
        Assert.Equal(10_240, measured[^1].Steps);
        Assert.True(measured.Max(each => each.Return) >= 195, string.Join(", ", measured));
    }

    [Fact]
    public void A_torque_swings_the_pendulum_up_after_six_thousand_steps()
    {
        double untrained = PendulumRecipe.Train(0, CPU, steps: 1), trained = PendulumRecipe.Train(0, CPU, steps: 5000);
        Assert.True(untrained < -900 && trained > -400, $"{untrained}; {trained}");
    }
}
