namespace Dsl.Runtime;

/// <summary>
/// Several copies of an environment that are stepped together. One whose episode is over begins the next by itself, in the same
/// step; what was seen last of the old episode is handed out beside what is seen first of the new one, since a truncated
/// episode's value is that of its last observation.
/// </summary>
/// <typeparam name="TObservation">What is seen.</typeparam>
/// <typeparam name="TAction">What is done.</typeparam>
/// <remarks>Episode k of copy i begins with a seed that depends on the run's seed, i and k alone. <see cref="Episode"/> and the
/// actions since are all that an interrupted run needs to go on, see <see cref="Replay"/>.</remarks>
public sealed class VectorEnvironment<TObservation, TAction>
{
    private readonly IEnvironment<TObservation, TAction>[] _environments;
    private readonly TObservation[] _observations;
    private readonly long[] _episodes;
    private readonly double[] _returns;
    private readonly int[] _lengths;
    private long _seed;
    private bool _hasBegun;

    /// <summary>Copies of an environment.</summary>
    /// <param name="make">Makes one; each call another object.</param>
    /// <param name="count">How many, at least 1.</param>
    public VectorEnvironment(Func<IEnvironment<TObservation, TAction>> make, int count = 1)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _environments = [.. Enumerable.Range(0, count).Select(_ => make())];
        if (_environments.Distinct(ReferenceEqualityComparer.Instance).Count() < count)
            throw new ArgumentException("Two copies are one object: make a new environment in each call.", nameof(make));
        (_observations, _episodes) = (new TObservation[count], new long[count]);
        (_returns, _lengths) = (new double[count], new int[count]);
    }

    /// <summary>How many copies there are.</summary>
    public int Count => _environments.Length;

    /// <summary>What can be seen of each.</summary>
    public ISpace<TObservation> Observations => _environments[0].Observations;

    /// <summary>What can be done in each.</summary>
    public ISpace<TAction> Actions => _environments[0].Actions;

    /// <summary>What is seen of a copy at present.</summary>
    /// <param name="copy">From 0.</param>
    public TObservation Observation(int copy) => _observations[copy];

    /// <summary>How many episodes of a copy are over.</summary>
    /// <param name="copy">From 0.</param>
    public long Episode(int copy) => _episodes[copy];

    /// <summary>Begins the first episode of each copy.</summary>
    /// <param name="seed">The run's.</param>
    public void Reset(long seed)
    {
        (_seed, _hasBegun) = (seed, true);
        for (int copy = 0; copy < Count; copy++) Begin(copy, 0);
    }

    /// <summary>Brings a copy to where an interrupted run left it: the same episode, and the same actions in it.</summary>
    /// <param name="copy">From 0.</param>
    /// <param name="episode">How many episodes of it were over.</param>
    /// <param name="actions">What was done in the present one.</param>
    /// <exception cref="InvalidOperationException">The episode ends earlier than it did: the environment is another one, or not a
    /// function of its seed and actions.</exception>
    public void Replay(int copy, long episode, IEnumerable<TAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ThrowUnlessBegun();
        Begin(copy, episode);
        foreach (var action in actions)
        {
            if (!Advance(copy, action).IsLast) continue;
            throw new InvalidOperationException(
                $"An episode of {_environments[copy].GetType().Name} ended earlier than in the run that is resumed: give the "
                + "same environment, whose episodes depend on nothing but their seed and the actions.");
        }
    }

    /// <summary>Acts once in each copy.</summary>
    /// <param name="actions">One for each.</param>
    /// <returns>What each action led to; the copies that are over have begun anew.</returns>
    public IReadOnlyList<VectorStep<TObservation>> Step(IReadOnlyList<TAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ThrowUnlessBegun();
        if (actions.Count != Count)
            throw new ArgumentException($"There are {actions.Count} actions for {Count} environments.", nameof(actions));
        var steps = new VectorStep<TObservation>[Count];
        for (int copy = 0; copy < Count; copy++)
        {
            var step = Advance(copy, actions[copy]);
            var (total, length) = (_returns[copy], _lengths[copy]);
            if (step.IsLast) Begin(copy, _episodes[copy] + 1);
            steps[copy] = new VectorStep<TObservation>(step, _observations[copy], total, length);
        }

        return steps;
    }

    /// <summary>The present state of a copy as text.</summary>
    /// <param name="copy">From 0.</param>
    public string Render(int copy = 0) => _environments[copy].Render();

    private void Begin(int copy, long episode)
    {
        (_episodes[copy], _returns[copy], _lengths[copy]) = (episode, 0, 0);
        _observations[copy] = _environments[copy].Reset(StreamSeed.Of(_seed, $"environment {copy}", episode));
    }

    private EnvironmentStep<TObservation> Advance(int copy, TAction action)
    {
        var step = _environments[copy].Step(action);
        _returns[copy] += step.Reward;
        _lengths[copy]++;
        _observations[copy] = step.Observation;
        return step;
    }

    private void ThrowUnlessBegun()
    {
        if (!_hasBegun) throw new InvalidOperationException("No episode has begun: call Reset first.");
    }
}
