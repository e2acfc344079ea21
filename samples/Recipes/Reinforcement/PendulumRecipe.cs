using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Reinforcement;

/// <summary>Pendulum-v1 by soft actor-critic: what 100 episodes by the policy's means earn after 20,000 steps.</summary>
public static class PendulumRecipe
{
    /// <summary>The mean return that is asked for. One that never swings the pendulum up is about -1200.</summary>
    public const double Goal = -200;

    /// <summary>Trains with each seed, and shows what is earned.</summary>
    /// <param name="seeds">How many runs.</param>
    /// <param name="device">Where to train.</param>
    /// <returns>Whether four of five seeds reach the goal.</returns>
    public static bool Run(int seeds, Device device)
    {
        Console.WriteLine($"Pendulum, SAC, 20,000 steps: mean return of 100 episodes, {Goal} asked for");
        int reached = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            var clock = Stopwatch.StartNew();
            double earned = Train(seed, device, page: seed == 0 ? "pendulum-sac.html" : null);
            if (earned >= Goal) reached++;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: {earned:0.0}, {clock.Elapsed.TotalSeconds:0} s"));
        }

        Console.WriteLine($"{Goal}: {reached} of {seeds} seeds");
        return 5 * reached >= 4 * seeds;
    }

    /// <summary>What a policy earns.</summary>
    /// <param name="seed">Decides parameters, episodes and actions.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="steps">Updates; 1,000 steps of the environment come before the first, and one before each of the
    /// others.</param>
    /// <param name="page">Where a page of the run is written; null for none.</param>
    public static double Train(int seed, Device device, int steps = 19_000, string? page = null)
    {
        using var generator = new Generator((ulong)seed);
        using Torque model = new(generator);
        using TorqueWorth first = new(generator), second = new(generator);
        using var trainer = new TorqueTrainer(model, first, second, device) { Seed = seed, Steps = steps };
        var report = trainer.Fit(new VectorEnvironment<float[], float[]>(() => new Pendulum()));
        if (page is not null) trainer.WriteHtml(page, report, [], []);
        var others = new VectorEnvironment<float[], float[]>(() => new Pendulum(), 20);
        return EpisodeEvaluation.Of(model, others, 100, seed: 1, device).MeanReturn;
    }
}
