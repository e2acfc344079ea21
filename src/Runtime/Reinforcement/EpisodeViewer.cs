using System.Globalization;

namespace Dsl.Runtime;

/// <summary>Shows a policy at work, frame by frame, in a terminal.</summary>
public static class EpisodeViewer
{
    /// <summary>Plays one episode and writes what the environment draws of each state, one drawing over the other where the
    /// writer's a terminal.</summary>
    /// <typeparam name="TObservation">What is seen.</typeparam>
    /// <typeparam name="TAction">What is done.</typeparam>
    /// <param name="environment">Where.</param>
    /// <param name="policy">What is done for what is seen.</param>
    /// <param name="seed">The episode's.</param>
    /// <param name="output">Where drawings go; null for the console.</param>
    /// <param name="framesPerSecond">How fast, at least 0; 0 for as fast as it goes.</param>
    /// <param name="maximumSteps">The step after which nothing more is shown, at least 1.</param>
    /// <returns>The episode's rewards in all.</returns>
    public static double Watch<TObservation, TAction>(
        IEnvironment<TObservation, TAction> environment, Func<TObservation, TAction> policy, long seed = 0,
        TextWriter? output = null, double framesPerSecond = 30, int maximumSteps = 1000)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfNegative(framesPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSteps, 1);
        bool isTerminal = output is null && !Console.IsOutputRedirected;
        output ??= Console.Out;
        var observation = environment.Reset(seed);
        double total = 0;
        Show(null);
        for (int i = 0; i < maximumSteps; i++)
        {
            string before = environment.Render();
            var step = environment.Step(policy(observation));
            (observation, total) = (step.Observation, total + step.Reward);
            Show(before);
            if (step.IsLast) break;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"return {total:0.##}"));
        return total;

        void Show(string? before)
        {
            // Up to the first line of the last drawing, whose lines are cleared as they are written over.
            if (isTerminal && before is not null) output.Write($"\u001b[{before.Count(character => character == '\n') + 1}A");
            string frame = environment.Render();
            foreach (string line in frame.Split('\n')) output.WriteLine(isTerminal ? "\u001b[2K" + line : line);
            if (framesPerSecond > 0) Thread.Sleep(TimeSpan.FromSeconds(1 / framesPerSecond));
        }
    }
}
