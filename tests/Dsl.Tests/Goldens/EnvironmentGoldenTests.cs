using Dsl.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Environments and advantages against their equations in Python.</summary>
public sealed class EnvironmentGoldenTests
{
    [Theory]
    [InlineData("cart-pole", false)]
    [InlineData("cart-pole-left", true)]
    public void Cart_and_pole(string name, bool falls)
    {
        var environment = new CartPole(maximumSteps: null);
        Follow(name, falls, start => environment.ResetTo(start[0], start[1], start[2], start[3]),
            action => environment.Step((int)action));
    }

    [Theory]
    [InlineData("mountain-car", true)]
    [InlineData("mountain-car-wall", false)]
    public void Mountain_car(string name, bool arrives)
    {
        var environment = new MountainCar(maximumSteps: null);
        Follow(name, arrives, start => environment.ResetTo(start[0], start[1]), action => environment.Step((int)action));
    }

    [Fact]
    public void Pendulum_swings()
    {
        var environment = new Pendulum();
        Follow("pendulum", false, start => environment.ResetTo(start[0], start[1]), action => environment.Step([(float)action]));
    }

    [Theory]
    [InlineData("one", 0.9, 0)]
    [InlineData("some", 0.9, 0.8)]
    [InlineData("all", 0.99, 1)]
    public void Advantages(string name, double discount, double decay)
    {
        var golden = Golden.Load("environments/gae");
        for (int e = 0; e < 2; e++)
        {
            bool[] terminated = [.. Row("terminated").Select(number => number == 1)];
            bool[] ended = [.. Row("ended").Select(number => number == 1)];
            double[] found = GeneralizedAdvantage.Of(
                Row("rewards"), Row("values"), Row("following"), terminated, ended, discount, decay);
            double[] expected = Row(name);
            for (int t = 0; t < found.Length; t++) Assert.Equal(expected[t], found[t], 1e-12);

            double[] Row(string what) => golden[what][e].data<double>().ToArray();
        }
    }

    [Theory]
    [InlineData("stick.17", 17)]
    [InlineData("stick.20", 20)]
    public void Blackjack_pays_what_its_probabilities_say(string name, int least)
    {
        const int hands = 200_000;
        var environment = new Blackjack();
        double total = 0;
        for (int hand = 0; hand < hands; hand++)
        {
            int seen = environment.Reset(hand);
            while (true)
            {
                var step = environment.Step(Blackjack.Read(seen).Sum >= least ? 0 : 1);
                (seen, total) = (step.Observation, total + step.Reward);
                if (step.IsLast) break;
            }
        }

        // Four deviations of the mean.
        Assert.Equal(Golden.Load("environments/blackjack")[name].data<double>()[0], total / hands, 4 / Math.Sqrt(hands));
    }

    private static void Follow(
        string name, bool ends, Func<double[], float[]> reset, Func<double, EnvironmentStep<float[]>> act)
    {
        var golden = Golden.Load($"environments/{name}");
        reset(golden["start"].data<double>().ToArray());
        double[] actions = golden["actions"].data<double>().ToArray(), rewards = golden["rewards"].data<double>().ToArray();
        for (int t = 0; t < actions.Length; t++)
        {
            var step = act(actions[t]);
            double[] expected = golden["states"][t].data<double>().ToArray();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], step.Observation[i], 1e-6 * (1 + Math.Abs(expected[i])));
            Assert.Equal(rewards[t], step.Reward, 1e-9);
            Assert.Equal(ends && t == actions.Length - 1, step.Terminated);
        }
    }
}
