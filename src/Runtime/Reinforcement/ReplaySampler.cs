using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How a run with a <see cref="ReplayBuffer"/> explores, and how often it learns.</summary>
/// <param name="BatchSize">Transitions of a batch.</param>
/// <param name="LearningStarts">Steps of the environments before the first update.</param>
/// <param name="StepsPerUpdate">Steps of the environments from one update to the next.</param>
/// <param name="Explore">ε at the start: the probability of an action drawn evenly.</param>
/// <param name="Until">ε in the end.</param>
/// <param name="ExploreSteps">Steps of the environments over which it falls evenly.</param>
public sealed record ReplaySettings(
    int BatchSize, long LearningStarts, long StepsPerUpdate, double Explore, double Until, long ExploreSteps)
{
    /// <summary>ε after some steps of the environments.</summary>
    public double EpsilonAt(long steps) =>
        steps >= ExploreSteps ? Until : Explore + (Until - Explore) * steps / ExploreSteps;
}

/// <summary>Acts ε-greedily by a network's values, keeps the transitions, and draws batches of them evenly.</summary>
public sealed class ReplaySampler : MemorylessSampler
{
    private readonly ReplayBuffer _replay;
    private readonly ReplaySettings _settings;
    private readonly ReplayPriorities? _priorities;
    private readonly Func<long, double>? _correctionAt;
    private double[] _weights = [];

    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    /// <param name="environment">Where to act.</param>
    /// <param name="run">What was done so far.</param>
    /// <param name="replay">What was lived so far.</param>
    /// <param name="network">Values of actions [N, K] of observations [N, ...].</param>
    /// <param name="settings">How to explore and learn.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="priorities">How likely each transition is drawn; null for all alike.</param>
    /// <param name="correctionAt">β at a step, where there are priorities.</param>
    public ReplaySampler(
        VectorEnvironment<float[], int> environment, EnvironmentRun run, ReplayBuffer replay, nn.Module<Tensor, Tensor> network,
        ReplaySettings settings, long seed, Device device, ReplayPriorities? priorities = null,
        Func<long, double>? correctionAt = null)
        : base(environment, run, network, seed, device)
    {
        ArgumentNullException.ThrowIfNull(replay);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Until > settings.Explore || settings.LearningStarts < settings.BatchSize)
        {
            throw new ArgumentException(
                $"Exploration goes from {settings.Explore} to {settings.Until}, and learning starts after "
                + $"{settings.LearningStarts} steps with batches of {settings.BatchSize}: explore less and less, and "
                + "start with a batch.", nameof(settings));
        }

        if ((priorities is null) != (correctionAt is null))
            throw new ArgumentException("Priorities and their correction go together: give both or neither.", nameof(priorities));
        (_replay, _settings, _priorities, _correctionAt) = (replay, settings, priorities, correctionAt);
        priorities?.Count();
    }

    /// <summary>What each transition of the last batch weighs, [N].</summary>
    /// <param name="type">The type of numbers.</param>
    public Tensor Weights(ScalarType type) => tensor(_weights, type);

    /// <inheritdoc/>
    public override Tensor Indices(long step)
    {
        long until = _settings.LearningStarts + step * _settings.StepsPerUpdate;
        while (Lived.StepCount < until) Act();
        var random = new HostRandom(StreamSeed.Of(Seed, "replay", step));
        int count = (int)_replay.Count;
        if (_priorities is not null)
        {
            long[] places = _priorities.Draw(_settings.BatchSize, random);
            _weights = _priorities.Weights(places, count, _correctionAt!(step));
            return tensor(places);
        }

        return tensor([.. Enumerable.Range(0, _settings.BatchSize).Select(_ => (long)random.Below(count))]);
    }

    private void Act()
    {
        var random = Random("exploration");
        double epsilon = _settings.EpsilonAt(Lived.StepCount);
        int copies = Environment.Count, actions = ((DiscreteSpace)Environment.Actions).Count;
        bool[] explores = [.. Enumerable.Range(0, copies).Select(_ => random.Uniform() < epsilon)];
        double[][] values = explores.All(each => each) ? [] : Values();
        var chosen = new int[copies];
        var seen = new float[copies][];
        for (int copy = 0; copy < copies; copy++)
        {
            chosen[copy] = explores[copy] ? random.Below(actions) : Choice.Best(values[copy], random);
            seen[copy] = Environment.Observation(copy);
        }

        var steps = Lived.Act(chosen);
        for (int copy = 0; copy < copies; copy++)
        {
            var step = steps[copy].Step;
            _priorities?.Add(_replay.NextPlace);
            _replay.Add(seen[copy], chosen[copy], step.Reward, step.Observation, step.Terminated);
        }
    }
}
