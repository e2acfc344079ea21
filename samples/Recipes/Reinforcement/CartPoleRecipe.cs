using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Reinforcement;

/// <summary>CartPole-v1, solved where 100 episodes by the best action earn 475 on average: how many steps of the environment an
/// agent needs.</summary>
public static class CartPoleRecipe
{
    /// <summary>Mean returns over 100 episodes that are waited for.</summary>
    public static IReadOnlyList<double> Goals { get; } = [195, 475];

    /// <summary>Deep Q-learning: 195 within 50,000 steps and 475 within 150,000, by four of five seeds.</summary>
    /// <param name="seeds">How many runs.</param>
    /// <param name="device">Where to train.</param>
    public static bool Dqn(int seeds, Device device) => Show("CartPole, double DQN", seeds, [50_000, 150_000], seed =>
    {
        using var generator = new Generator((ulong)seed);
        using var model = new QNet(generator);
        using var trainer = new QTrainer(model, device) { Seed = seed };
        var (report, measured) = Measure(
            model, device, every: 1000, () => trainer.Lived.StepCount, watched => trainer.Fit(Poles(1), watched));
        if (seed == 0) WritePage("cartpole-dqn.html", trainer, report, measured);
        return measured;
    });

    /// <summary>Proximal policy optimisation: 475 within 200,000 steps, by four of five seeds.</summary>
    /// <inheritdoc cref="Dqn"/>
    public static bool Ppo(int seeds, Device device) => Show("CartPole, PPO", seeds, [200_000, 200_000], seed =>
    {
        using var generator = new Generator((ulong)seed);
        using Policy model = new(generator);
        using Critic critic = new(generator);
        using var trainer = new PpoTrainer(model, critic, device) { Seed = seed };
        var (report, measured) = Measure(
            model, device, every: 160, () => trainer.Lived.StepCount, watched => trainer.Fit(Poles(8), watched));
        if (seed == 0) WritePage("cartpole-ppo.html", trainer, report, measured);
        return measured;
    });

    /// <summary>Advantage actor-critic: 475 within 200,000 steps, by four of five seeds.</summary>
    /// <inheritdoc cref="Dqn"/>
    public static bool A2c(int seeds, Device device) => Show("CartPole, A2C", seeds, [200_000, 200_000], seed =>
    {
        using var generator = new Generator((ulong)seed);
        using Policy model = new(generator);
        using Critic critic = new(generator);
        using var trainer = new A2cTrainer(model, critic, device) { Seed = seed };
        var (report, measured) = Measure(
            model, device, every: 100, () => trainer.Lived.StepCount, watched => trainer.Fit(Poles(8), watched));
        if (seed == 0) WritePage("cartpole-a2c.html", trainer, report, measured);
        return measured;
    });

    /// <summary>Trains, and now and then plays 100 episodes by the best action.</summary>
    /// <param name="model">Whose largest output is the action.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="every">Updates from one time to the next.</param>
    /// <param name="steps">Steps of the environment so far.</param>
    /// <param name="fit">Trains, watched.</param>
    /// <returns>The run; steps of the environment, and the mean return then.</returns>
    public static (TrainingReport Report, IReadOnlyList<(long Steps, double Return)> Measured) Measure(
        nn.Module<Tensor, Tensor> model, Device device, long every, Func<long> steps, Func<ITrainingProgress, TrainingReport> fit)
    {
        List<(long, double)> measured = [];
        var report = fit(new Watcher(
            every, () => measured.Add((steps(), EpisodeEvaluation.Of(model, Poles(20), 100, 1, device).MeanReturn))));
        return (report, measured);
    }

    private static void WritePage(
        string path, Trainer trainer, TrainingReport report, IReadOnlyList<(long Steps, double Return)> measured) =>
        trainer.WriteHtml(path, report, [], [new LineChart("Mean return of 100 episodes by the best action",
            "steps of the environment", ("return", [.. measured.Select(each => ((double)each.Steps, each.Return))]))]);

    private static VectorEnvironment<float[], int> Poles(int count) => new(() => new CartPole(), count);

    private static bool Show(
        string title, int seeds, long[] limits, Func<int, IReadOnlyList<(long Steps, double Return)>> measure)
    {
        Console.WriteLine($"{title}: steps after which 100 episodes earn {string.Join(" and ", Goals)} on average");
        var reached = new int[Goals.Count];
        for (int seed = 0; seed < seeds; seed++)
        {
            var clock = Stopwatch.StartNew();
            var measured = measure(seed);
            var first = Goals.Select(goal => measured.FirstOrDefault(each => each.Return >= goal).Steps).ToList();
            for (int i = 0; i < first.Count; i++)
            {
                if (first[i] > 0 && first[i] <= limits[i]) reached[i]++;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seed {seed}: {string.Join(", ", first.Select(steps => steps == 0 ? "never" : $"{steps}"))}; at the end of "
                + $"{measured[^1].Steps} {measured[^1].Return:0.0}, {clock.Elapsed.TotalSeconds:0} s"));
        }

        for (int i = 0; i < reached.Length; i++)
            Console.WriteLine($"{Goals[i]} within {limits[i]} steps: {reached[i]} of {seeds} seeds");
        return reached.All(count => 5 * count >= 4 * seeds);
    }

    private sealed class Watcher(long every, Action measure) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            if (step % every == 0) measure();
        }

        public void Finished(TrainingReport report) => measure();
    }
}
