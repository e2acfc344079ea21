namespace Dsl.Runtime;

/// <summary>
/// Arms whose rewards are normal around a value of each, with deviation 1: the ten-armed test bed of Sutton and Barto (2018,
/// section 2.3). The values are drawn from the standard normal distribution; where they drift, each takes a normal step after
/// every action, and all begin at 0 (exercise 2.5). There is one state, 0, and no end but a limit.
/// </summary>
/// <param name="arms">How many, at least 1.</param>
/// <param name="drift">Deviation of a value's step; 0 for values that stay.</param>
/// <param name="maximumSteps">The step at which an episode is truncated; null for none.</param>
public sealed class GaussianBandit(int arms = 10, double drift = 0, int? maximumSteps = null)
    : EpisodicEnvironment<int, int>(maximumSteps)
{
    private readonly double[] _values = new double[new DiscreteSpace(arms).Count];
    private readonly double _drift = drift >= 0 && double.IsFinite(drift) ? drift
        : throw new ArgumentOutOfRangeException(nameof(drift), drift, "A deviation is finite, and at least 0.");

    /// <inheritdoc/>
    public override ISpace<int> Observations { get; } = new DiscreteSpace(1);

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(arms);

    /// <summary>The mean reward of each arm at present.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The arm with the largest mean at present, the first of several.</summary>
    public int BestArm => Array.IndexOf(_values, _values.Max());

    /// <inheritdoc/>
    protected override int Start()
    {
        foreach (ref double value in _values.AsSpan()) value = _drift > 0 ? 0 : Random.Normal();
        return 0;
    }

    /// <inheritdoc/>
    protected override (int Observation, double Reward, bool Terminated) Advance(int action)
    {
        double reward = _values[action] + Random.Normal();
        if (_drift > 0)
        {
            foreach (ref double value in _values.AsSpan()) value += _drift * Random.Normal();
        }

        return (0, reward, false);
    }

    /// <inheritdoc/>
    protected override string Draw() => $"step {StepCount}, arms {string.Join(' ', _values.Select(value =>
        value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)))}";
}
