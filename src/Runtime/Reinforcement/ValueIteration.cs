namespace Dsl.Runtime;

/// <summary>What the best policy earns from each state, and its actions (Bellman 1957): V(s) ← max over a of Σ p·(r +
/// γ·V(s′)), state after state, until nothing changes.</summary>
public sealed class ValueIteration
{
    private readonly ITransitionModel _model;
    private readonly double _discount;

    private ValueIteration(ITransitionModel model, double discount, double[] values) =>
        (_model, _discount, Values) = (model, discount, values);

    /// <summary>The value of each state; 0 of ends.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Solves an environment.</summary>
    /// <param name="model">Its probabilities.</param>
    /// <param name="discount">γ, in [0, 1]; 1 needs an environment whose best policy ends.</param>
    /// <param name="tolerance">The largest change at which it is solved, above 0.</param>
    /// <param name="maximumSweeps">Sweeps over all states, at least 1.</param>
    /// <exception cref="InvalidOperationException">The values still change after all sweeps.</exception>
    public static ValueIteration Solve(
        ITransitionModel model, double discount, double tolerance = 1e-10, int maximumSweeps = 100_000)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSweeps, 1);
        if (!(discount >= 0 && discount <= 1))
            throw new ArgumentOutOfRangeException(nameof(discount), discount, "A discount is in [0, 1].");
        if (!(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is above 0.");
        var solved = new ValueIteration(model, discount, new double[model.States]);
        var values = (double[])solved.Values;
        for (int sweep = 0; sweep < maximumSweeps; sweep++)
        {
            double change = 0;
            for (int state = 0; state < model.States; state++)
            {
                if (model.Outcomes(state, 0).Count == 0) continue;
                double value = Enumerable.Range(0, model.Actions).Max(action => solved.ValueOf(state, action));
                change = Math.Max(change, Math.Abs(value - values[state]));
                values[state] = value;
            }

            if (change <= tolerance) return solved;
        }

        throw new InvalidOperationException(
            $"The values still change after {maximumSweeps} sweeps: take a discount below 1, or see that the goal "
            + "can be reached.");
    }

    /// <summary>What an action earns, and the best ones after it.</summary>
    public double ValueOf(int state, int action) => _model.Outcomes(state, action).Sum(outcome =>
        outcome.Probability * (outcome.Reward + (outcome.Terminated ? 0 : _discount * Values[outcome.Next])));

    /// <summary>Whether an action is one of the best.</summary>
    /// <param name="state">Where.</param>
    /// <param name="action">Which.</param>
    /// <param name="tolerance">By how much less it may earn.</param>
    public bool IsBest(int state, int action, double tolerance = 1e-9) => ValueOf(state, action)
        >= Enumerable.Range(0, _model.Actions).Max(other => ValueOf(state, other)) - tolerance;
}
