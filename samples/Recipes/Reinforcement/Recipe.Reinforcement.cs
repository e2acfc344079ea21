using Recipes.Reinforcement;

namespace Recipes;

// Agents.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfReinforcement =>
    [
        new("bandits", "Strategies on the ten-armed test bed (Sutton and Barto 2018, section 2.3).",
            (seeds, _) => BanditRecipe.Run(seeds)),
        new("cliff", "Q-learning and SARSA beside a cliff (Sutton and Barto 2018, example 6.6).",
            (seeds, _) => CliffRecipe.Run(seeds)),
        new("cartpole-dqn", "Double DQN on CartPole-v1: 475 of 500 within 150,000 steps.", CartPoleRecipe.Dqn),
        new("cartpole-ppo", "PPO on CartPole-v1: 475 of 500 within 200,000 steps.", CartPoleRecipe.Ppo),
        new("cartpole-a2c", "A2C on CartPole-v1: 475 of 500 within 200,000 steps.", CartPoleRecipe.A2c),
        new("corridor-a2c", "A sign that is seen once decides ten steps later: A2C without a memory and with a state.",
            CorridorRecipe.Run),
        new("pendulum-sac", "SAC on Pendulum-v1: -200 in 100 episodes after 20,000 steps.", PendulumRecipe.Run),
    ];
}
