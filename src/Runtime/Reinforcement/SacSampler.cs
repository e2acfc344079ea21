using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How often a run with actions of real numbers learns.</summary>
/// <param name="BatchSize">Transitions of a batch.</param>
/// <param name="LearningStarts">Steps of the environments before the first update, with actions drawn evenly.</param>
/// <param name="StepsPerUpdate">Steps of the environments from one update to the next.</param>
public sealed record SacSettings(int BatchSize, long LearningStarts, long StepsPerUpdate);

/// <summary>Draws actions from a policy of squashed normal distributions, keeps the transitions, and draws batches of them
/// evenly. Actions are kept as numbers in [-1, 1].</summary>
public sealed class SacSampler : ExperienceSampler
{
    private readonly VectorEnvironment<float[], float[]> _environment;
    private readonly ReplayBuffer _replay;
    private readonly SacSettings _settings;
    private readonly ActionValues _policy;
    private readonly ActionBounds _bounds;

    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    /// <param name="environment">Where to act; actions lie between finite bounds.</param>
    /// <param name="run">What was done so far.</param>
    /// <param name="replay">What was lived so far, with actions of as many numbers.</param>
    /// <param name="policy">Means and log deviations [N, 2A] of observations [N, ...].</param>
    /// <param name="settings">How to learn.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="device">Where the network is.</param>
    /// <exception cref="DataMismatchException">An action has an infinite bound, or other numbers than the network.</exception>
    public SacSampler(
        VectorEnvironment<float[], float[]> environment, EnvironmentRun run, ReplayBuffer replay,
        nn.Module<Tensor, Tensor> policy, SacSettings settings, long seed, Device device)
        : base(run, seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(replay);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.LearningStarts < settings.BatchSize)
        {
            throw new ArgumentException(
                $"Learning starts after {settings.LearningStarts} steps with batches of {settings.BatchSize}: start with a "
                + "batch.", nameof(settings));
        }

        (_environment, _replay, _settings) = (environment, replay, settings);
        _bounds = ActionBounds.Of(environment);
        _policy = new ActionValues(policy, environment, device);
        run.Begin(environment, seed);
        _policy.Now();
    }

    /// <inheritdoc/>
    public override Tensor Indices(long step)
    {
        long until = _settings.LearningStarts + (step * _settings.StepsPerUpdate);
        while (Lived.StepCount < until) Act();
        var random = new HostRandom(StreamSeed.Of(Seed, "replay", step));
        int count = (int)_replay.Count;
        return tensor([.. Enumerable.Range(0, _settings.BatchSize).Select(_ => (long)random.Below(count))]);
    }

    private void Act()
    {
        var random = Random("actions");
        int copies = _environment.Count;
        float[][] squashed = Lived.StepCount < _settings.LearningStarts
            ? [.. Enumerable.Range(0, copies).Select(_ => Evenly(random))]
            : [.. _policy.Now().Select(row => SquashedNormal.Draw(row, random))];
        float[][] seen = [.. Enumerable.Range(0, copies).Select(_environment.Observation)];
        var steps = Lived.Act([.. squashed.Select(_bounds.Act)]);
        for (int copy = 0; copy < copies; copy++)
        {
            var step = steps[copy].Step;
            _replay.Add(seen[copy], squashed[copy], step.Reward, step.Observation, step.Terminated);
        }
    }

    private float[] Evenly(HostRandom random)
    {
        var action = new float[_bounds.Count];
        for (int i = 0; i < action.Length; i++) action[i] = (float)((2 * random.Uniform()) - 1);
        return action;
    }
}
