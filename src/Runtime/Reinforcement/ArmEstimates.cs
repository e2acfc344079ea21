namespace Dsl.Runtime;

/// <summary>How the value of an arm is estimated from its rewards.</summary>
public abstract record Estimation
{
    private Estimation()
    {
    }

    /// <summary>The mean of all rewards, each alike: right where values stay.</summary>
    /// <param name="Initial">What stands before the first reward, which replaces it.</param>
    public sealed record Average(double Initial = 0) : Estimation;

    /// <summary>Q ← Q + α·(r − Q): the older a reward the less it counts, so that values may drift (Sutton and Barto 2018,
    /// equation 2.5).</summary>
    /// <param name="StepSize">α, in (0, 1].</param>
    /// <param name="Initial">What stands at first; a large one makes every arm be tried (section 2.6 there).</param>
    public sealed record Constant(double StepSize, double Initial = 0) : Estimation;

    /// <summary>The mean of the arm's rewards among the last actions of all arms (Garivier and Moulines 2011).</summary>
    /// <param name="Length">How many actions, at least 1.</param>
    /// <param name="Initial">What stands for an arm that is not among them.</param>
    public sealed record Window(int Length, double Initial = 0) : Estimation;
}

/// <summary>Estimated values of arms.</summary>
internal sealed class ArmEstimates
{
    private readonly Estimation _by;
    private readonly Queue<(int Arm, double Reward)> _window = new();
    private double[] _values = [], _sums = [];
    private long[] _counts = [];

    public ArmEstimates(Estimation by)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (by is Estimation.Constant { StepSize: not (> 0 and <= 1) } constant)
            throw new ArgumentOutOfRangeException(nameof(by), constant.StepSize, "A step size is in (0, 1].");
        if (by is Estimation.Window { Length: < 1 } window)
            throw new ArgumentOutOfRangeException(nameof(by), window.Length, "A window has at least one action.");
        _by = by;
    }

    public ReadOnlySpan<double> Values => _values;

    /// <summary>How many rewards each estimate is of.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>How many rewards the estimates are of.</summary>
    public long Count { get; private set; }

    public void Begin(int arms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 1);
        (_values, _sums, _counts, Count) = (new double[arms], new double[arms], new long[arms], 0);
        _window.Clear();
        Array.Fill(_values, Initial);
    }

    public void Learn(int arm, double reward)
    {
        _counts[arm]++;
        Count++;
        switch (_by)
        {
            case Estimation.Constant { StepSize: var rate }:
                _values[arm] += rate * (reward - _values[arm]);
                break;
            case Estimation.Window { Length: var length }:
                _window.Enqueue((arm, reward));
                _sums[arm] += reward;
                _values[arm] = _sums[arm] / _counts[arm];
                if (_window.Count > length) Forget();
                break;
            default:
                _values[arm] += (reward - _values[arm]) / _counts[arm];
                break;
        }
    }

    private double Initial => _by switch
    {
        Estimation.Constant constant => constant.Initial,
        Estimation.Window window => window.Initial,
        _ => ((Estimation.Average)_by).Initial,
    };

    private void Forget()
    {
        var (arm, reward) = _window.Dequeue();
        Count--;

        // A sum of nothing is 0 whatever rounding left of it.
        _sums[arm] = --_counts[arm] == 0 ? 0 : _sums[arm] - reward;
        _values[arm] = _counts[arm] == 0 ? Initial : _sums[arm] / _counts[arm];
    }
}
