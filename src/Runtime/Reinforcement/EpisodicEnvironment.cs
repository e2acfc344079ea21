namespace Dsl.Runtime;

/// <summary>An environment that counts its steps, cuts an episode after some, and refuses actions where there is no
/// episode.</summary>
/// <typeparam name="TObservation">What the agent sees.</typeparam>
/// <typeparam name="TAction">What the agent does.</typeparam>
public abstract class EpisodicEnvironment<TObservation, TAction> : IEnvironment<TObservation, TAction>
{
    private HostRandom? _random;
    private bool _isRunning;

    /// <summary>An environment.</summary>
    /// <param name="maximumSteps">The step at which an episode is truncated, at least 1; null for none.</param>
    protected EpisodicEnvironment(int? maximumSteps)
    {
        if (maximumSteps is { } steps) ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(maximumSteps));
        MaximumSteps = maximumSteps;
    }

    /// <inheritdoc/>
    public abstract ISpace<TObservation> Observations { get; }

    /// <inheritdoc/>
    public abstract ISpace<TAction> Actions { get; }

    /// <summary>The step at which an episode is truncated; null for none.</summary>
    public int? MaximumSteps { get; }

    /// <summary>Steps of the present episode.</summary>
    public int StepCount { get; private set; }

    /// <summary>The random numbers of the present episode.</summary>
    protected HostRandom Random => _random ?? throw NotBegun();

    /// <inheritdoc/>
    public TObservation Reset(long seed)
    {
        _random = new HostRandom(StreamSeed.Of(seed, "episode", 0));
        (StepCount, _isRunning) = (0, true);
        return Start();
    }

    /// <inheritdoc/>
    public EnvironmentStep<TObservation> Step(TAction action)
    {
        if (_random is null) throw NotBegun();
        if (!_isRunning) throw new InvalidOperationException($"The episode of {GetType().Name} is over: call Reset first.");
        if (!Actions.Contains(action))
        {
            throw new ArgumentOutOfRangeException(
                nameof(action), action, $"{GetType().Name} has no such action; its actions are {Actions}.");
        }

        var (observation, reward, terminated) = Advance(action);
        StepCount++;
        var step = new EnvironmentStep<TObservation>(observation, reward, terminated, !terminated && StepCount == MaximumSteps);
        _isRunning = !step.IsLast;
        return step;
    }

    /// <inheritdoc/>
    public string Render()
    {
        if (_random is null) throw NotBegun();
        return Draw();
    }

    /// <summary>The first state of an episode, by <see cref="Random"/>.</summary>
    /// <returns>What is seen of it.</returns>
    protected abstract TObservation Start();

    /// <summary>The next state.</summary>
    /// <param name="action">Of <see cref="Actions"/>.</param>
    protected abstract (TObservation Observation, double Reward, bool Terminated) Advance(TAction action);

    /// <summary>The present state as lines of text.</summary>
    protected abstract string Draw();

    private InvalidOperationException NotBegun() => new($"No episode of {GetType().Name} has begun: call Reset first.");
}
