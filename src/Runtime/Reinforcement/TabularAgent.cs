namespace Dsl.Runtime;

/// <summary>
/// A table of values Q(s, a) that is learned by acting ε-greedily: Q(s, a) ← Q(s, a) + α·(r + γ·next − Q(s, a)), where
/// next is by the rule (Sutton and Barto 2018, chapter 6). A terminated episode has no next; a truncated one has.
/// </summary>
public sealed class TabularAgent
{
    private readonly double[] _values;
    private readonly double[] _others;
    private readonly double[] _sums;
    private readonly long[] _visits;
    private readonly double _discount = 1, _exploration = 0.1;
    private readonly double? _stepSize = 0.1;

    /// <summary>A table of zeros.</summary>
    /// <param name="states">How many states, at least 1.</param>
    /// <param name="actions">How many actions, at least 1.</param>
    /// <param name="rule">What values are moved towards.</param>
    public TabularAgent(int states, int actions, TemporalDifference rule)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        if (!Enum.IsDefined(rule)) throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule.");
        (States, Actions, Rule) = (states, actions, rule);
        (_values, _visits) = (new double[states * actions], new long[states * actions]);
        (_others, _sums) = (rule == TemporalDifference.DoubleQ ? new double[states * actions] : [], new double[actions]);
    }

    /// <summary>How many states there are.</summary>
    public int States { get; }

    /// <summary>How many actions there are.</summary>
    public int Actions { get; }

    /// <summary>What values are moved towards.</summary>
    public TemporalDifference Rule { get; }

    /// <summary>α, in (0, 1]; null for 1/n at the n-th visit of a pair, the mean of all its targets. A mean weighs the oldest
    /// target like the newest: where the environment changes, keep α.</summary>
    public double? StepSize
    {
        get => _stepSize;
        init => _stepSize = value is null or (> 0 and <= 1) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A step size is in (0, 1].");
    }

    /// <summary>γ, in [0, 1].</summary>
    public double Discount
    {
        get => _discount;
        init => _discount = value is >= 0 and <= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A discount is in [0, 1].");
    }

    /// <summary>ε: the probability of an action drawn evenly, in [0, 1].</summary>
    public double Exploration
    {
        get => _exploration;
        init => _exploration = value is >= 0 and <= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability is in [0, 1].");
    }

    /// <summary>Q(s, a); the mean of both tables where there are two.</summary>
    public double Value(int state, int action)
    {
        int place = Place(state, action);
        return Rule == TemporalDifference.DoubleQ ? (_values[place] + _others[place]) / 2 : _values[place];
    }

    /// <summary>The best action by the table, the first of several.</summary>
    public int Greedy(int state)
    {
        int best = 0;
        for (int action = 1; action < Actions; action++)
        {
            if (Value(state, action) > Value(state, best)) best = action;
        }

        return best;
    }

    /// <summary>An ε-greedy action; of several best ones each alike.</summary>
    public int Act(int state, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (random.Uniform() < Exploration) return random.Below(Actions);
        for (int action = 0; action < Actions; action++) _sums[action] = Value(state, action);
        return Choice.Best(_sums, random);
    }

    /// <summary>Moves the value of what was done.</summary>
    /// <param name="state">Where.</param>
    /// <param name="action">What was done.</param>
    /// <param name="step">What it led to.</param>
    /// <param name="next">The action that follows, which SARSA alone reads.</param>
    /// <param name="random">Chooses between two tables.</param>
    public void Learn(int state, int action, EnvironmentStep<int> step, int next, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int place = Place(state, action);
        var (moved, other) = Rule == TemporalDifference.DoubleQ && random.Below(2) == 1 ? (_others, _values) : (_values, _others);
        double following = step.Terminated ? 0 : Following(moved, other, step.Observation, next);
        double rate = _stepSize ?? 1.0 / ++_visits[place];
        moved[place] += rate * (step.Reward + Discount * following - moved[place]);
    }

    /// <summary>Acts and learns.</summary>
    /// <param name="environment">Whose states and actions are numbers below those of the table.</param>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="seed">Of the episodes and of exploration.</param>
    /// <returns>The return of each episode, not discounted.</returns>
    public IReadOnlyList<double> Train(IEnvironment<int, int> environment, int episodes, long seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        if (environment.Observations is not DiscreteSpace { Count: var states } || states > States
            || environment.Actions is not DiscreteSpace { Count: var actions } || actions != Actions)
        {
            throw new ArgumentException(
                $"The table has {States} states and {Actions} actions; the environment sees {environment.Observations} and does "
                + $"{environment.Actions}.", nameof(environment));
        }

        var returns = new double[episodes];
        for (int episode = 0; episode < episodes; episode++)
        {
            var random = new HostRandom(StreamSeed.Of(seed, "exploration", episode));
            int state = environment.Reset(StreamSeed.Of(seed, "episodes", episode)), action = Act(state, random);
            while (true)
            {
                var step = environment.Step(action);
                returns[episode] += step.Reward;
                int next = step.Terminated ? 0 : Act(step.Observation, random);
                Learn(state, action, step, next, random);
                if (step.IsLast) break;

                // SARSA does what it has learned of; the others choose by the table as it is now.
                action = Rule == TemporalDifference.Sarsa ? next : Act(step.Observation, random);
                state = step.Observation;
            }
        }

        return returns;
    }

    private int Place(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, Actions);
        return state * Actions + action;
    }

    private double Following(double[] moved, double[] other, int state, int next)
    {
        var values = moved.AsSpan(state * Actions, Actions);
        int best = 0;
        double sum = 0;
        for (int action = 0; action < values.Length; action++)
        {
            sum += values[action];
            if (values[action] > values[best]) best = action;
        }

        return Rule switch
        {
            TemporalDifference.Sarsa => values[next],

            // The best ones share what is not explored, and are worth the same.
            TemporalDifference.ExpectedSarsa => Exploration * sum / Actions + (1 - Exploration) * values[best],
            TemporalDifference.DoubleQ => other[state * Actions + best],
            _ => values[best],
        };
    }
}
