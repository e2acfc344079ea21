namespace Dsl.Runtime;

/// <summary>A strategy by estimated values of arms.</summary>
/// <param name="estimation">How they are estimated; null for means.</param>
public abstract class EstimatingStrategy(Estimation? estimation) : IBanditStrategy
{
    private readonly ArmEstimates _estimates = new(estimation ?? new Estimation.Average());

    /// <summary>The estimate of each arm.</summary>
    public ReadOnlySpan<double> Values => _estimates.Values;

    /// <summary>How many rewards each estimate is of.</summary>
    public ReadOnlySpan<long> Counts => _estimates.Counts;

    /// <summary>How many rewards the estimates are of.</summary>
    public long Count => _estimates.Count;

    /// <inheritdoc/>
    public virtual void Begin(int arms) => _estimates.Begin(arms);

    /// <inheritdoc/>
    public abstract int Choose(HostRandom random);

    /// <inheritdoc/>
    public virtual void Learn(int arm, double reward) => _estimates.Learn(arm, reward);

    /// <summary>A number that is refused outside of a range.</summary>
    protected static double Within(double value, double least, double most, string name) =>
        value >= least && value <= most ? value
        : throw new ArgumentOutOfRangeException(name, value, $"It is in [{least}, {most}].");

    /// <summary>A finite number that is refused unless it is above 0.</summary>
    protected static double Positive(double value, string name) => value > 0 && double.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, "It is finite and above 0.");
}

/// <summary>The best arm, but with probability ε any (Sutton and Barto 2018, section 2.2).</summary>
/// <param name="epsilon">ε, in [0, 1]; 0 for the best arm always.</param>
/// <param name="estimation">How values are estimated; null for means.</param>
public sealed class EpsilonGreedy(double epsilon, Estimation? estimation = null) : EstimatingStrategy(estimation)
{
    private readonly double _epsilon = Within(epsilon, 0, 1, nameof(epsilon));

    /// <inheritdoc/>
    public override int Choose(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Uniform() < _epsilon ? random.Below(Values.Length) : Choice.Best(Values, random);
    }
}

/// <summary>Exploration for some actions, then the best arm for good (Even-Dar, Mannor and Mansour 2002).</summary>
/// <param name="exploration">How many actions explore, at least 1.</param>
/// <param name="temperature">τ of a softmax of the estimates, by which arms are explored; null for any arm alike.</param>
/// <param name="estimation">How values are estimated; null for means.</param>
public sealed class EpsilonFirst(int exploration, double? temperature = null, Estimation? estimation = null)
    : EstimatingStrategy(estimation)
{
    private readonly int _exploration = exploration >= 1 ? exploration
        : throw new ArgumentOutOfRangeException(nameof(exploration), exploration, "At least one action explores.");

    private readonly double? _temperature = temperature is { } given ? Positive(given, nameof(temperature)) : null;
    private long _actions;

    /// <inheritdoc/>
    public override void Begin(int arms)
    {
        base.Begin(arms);
        _actions = 0;
    }

    /// <inheritdoc/>
    public override int Choose(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (_actions >= _exploration) return Choice.Best(Values, random);
        return _temperature is { } tau ? Choice.Softmax(Values, tau, random) : random.Below(Values.Length);
    }

    /// <inheritdoc/>
    public override void Learn(int arm, double reward)
    {
        base.Learn(arm, reward);
        _actions++;
    }
}

/// <summary>An arm with probability proportional to exp(Q/τ) (Boltzmann exploration).</summary>
/// <param name="temperature">τ, above 0: small for the best arm, large for any.</param>
/// <param name="estimation">How values are estimated; null for means.</param>
public sealed class SoftmaxExploration(double temperature, Estimation? estimation = null) : EstimatingStrategy(estimation)
{
    private readonly double _temperature = Positive(temperature, nameof(temperature));

    /// <inheritdoc/>
    public override int Choose(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Choice.Softmax(Values, _temperature, random);
    }
}

/// <summary>The arm that could be best: the largest Q + c·√(ln t/n), arms without a reward first (Auer, Cesa-Bianchi and
/// Fischer 2002, UCB1 with c = √2 for rewards in [0, 1]; Sutton and Barto 2018, equation 2.10).</summary>
/// <param name="width">c, above 0.</param>
/// <param name="estimation">How values are estimated; null for means.</param>
public sealed class UpperConfidenceBound(double width = 2, Estimation? estimation = null) : EstimatingStrategy(estimation)
{
    private readonly double _width = Positive(width, nameof(width));
    private double[] _bounds = [];

    /// <inheritdoc/>
    public override void Begin(int arms)
    {
        base.Begin(arms);
        _bounds = new double[arms];
    }

    /// <inheritdoc/>
    public override int Choose(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double logarithm = Math.Log(Count + 1);
        for (int arm = 0; arm < _bounds.Length; arm++)
        {
            _bounds[arm] = Counts[arm] == 0 ? double.PositiveInfinity
                : Values[arm] + _width * Math.Sqrt(logarithm / Counts[arm]);
        }

        return Choice.Best(_bounds, random);
    }
}

/// <summary>
/// A value drawn for each arm from what is believed of it, and the arm of the largest (Thompson 1933). Rewards are taken for
/// normal around the value with a known deviation, and values for normal around 0 beforehand: after n rewards of sum S the belief
/// has precision 1/p² + n/σ² and mean S/σ² divided by it.
/// </summary>
/// <param name="deviation">σ of a reward, above 0.</param>
/// <param name="prior">p: deviation of the values, above 0.</param>
public sealed class ThompsonSampling(double deviation = 1, double prior = 1) : EstimatingStrategy(null)
{
    private readonly double _noise = Positive(deviation, nameof(deviation)), _prior = Positive(prior, nameof(prior));
    private double[] _drawn = [];

    /// <inheritdoc/>
    public override void Begin(int arms)
    {
        base.Begin(arms);
        _drawn = new double[arms];
    }

    /// <inheritdoc/>
    public override int Choose(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int arm = 0; arm < _drawn.Length; arm++)
        {
            double information = Counts[arm] / (_noise * _noise), precision = 1 / (_prior * _prior) + information;
            _drawn[arm] = information * Values[arm] / precision + random.Normal() / Math.Sqrt(precision);
        }

        return Choice.Best(_drawn, random);
    }
}

/// <summary>
/// Preferences H with probabilities softmax(H), moved along the gradient of the expected reward with the mean reward as a
/// baseline: H(a) ← H(a) + α·(r − r̄)·(1[a] − π(a)) (Sutton and Barto 2018, equation 2.12).
/// </summary>
/// <param name="stepSize">α, above 0.</param>
public sealed class GradientBandit(double stepSize = 0.1) : IBanditStrategy
{
    private readonly double _stepSize = stepSize > 0 && double.IsFinite(stepSize) ? stepSize
        : throw new ArgumentOutOfRangeException(nameof(stepSize), stepSize, "It is finite and above 0.");

    private double[] _preferences = [];
    private double _mean;
    private long _count;

    /// <inheritdoc/>
    public void Begin(int arms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 1);
        (_preferences, _mean, _count) = (new double[arms], 0, 0);
    }

    /// <inheritdoc/>
    public int Choose(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Choice.Softmax(_preferences, 1, random);
    }

    /// <inheritdoc/>
    public void Learn(int arm, double reward)
    {
        _mean += (reward - _mean) / ++_count;
        double largest = _preferences.Max(), sum = _preferences.Sum(preference => Math.Exp(preference - largest));
        double step = _stepSize * (reward - _mean);
        for (int i = 0; i < _preferences.Length; i++)
        {
            double probability = Math.Exp(_preferences[i] - largest) / sum;
            _preferences[i] += step * ((i == arm ? 1 : 0) - probability);
        }
    }
}
