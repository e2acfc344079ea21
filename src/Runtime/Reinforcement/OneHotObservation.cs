namespace Dsl.Runtime;

/// <summary>An environment whose observations are numbers of states, as a network takes them: a vector of zeros with a 1 at the
/// state, [states].</summary>
/// <typeparam name="TAction">What is done.</typeparam>
/// <param name="environment">Whose observations are 0, 1, ...</param>
public sealed class OneHotObservation<TAction>(IEnvironment<int, TAction> environment) : IEnvironment<float[], TAction>
{
    private readonly IEnvironment<int, TAction> _environment =
        environment ?? throw new ArgumentNullException(nameof(environment));
    private readonly int _states = (environment?.Observations as DiscreteSpace)?.Count
        ?? throw new ArgumentException("A vector of zeros and a 1 is of observations in a DiscreteSpace.", nameof(environment));

    /// <inheritdoc/>
    public ISpace<float[]> Observations => new BoxSpace(new float[_states], [.. Enumerable.Repeat(1f, _states)]);

    /// <inheritdoc/>
    public ISpace<TAction> Actions => _environment.Actions;

    /// <inheritdoc/>
    public float[] Reset(long seed) => Vector(_environment.Reset(seed));

    /// <inheritdoc/>
    public EnvironmentStep<float[]> Step(TAction action)
    {
        var step = _environment.Step(action);
        return new EnvironmentStep<float[]>(Vector(step.Observation), step.Reward, step.Terminated, step.Truncated);
    }

    /// <inheritdoc/>
    public string Render() => _environment.Render();

    private float[] Vector(int state)
    {
        var vector = new float[_states];
        vector[state] = 1;
        return vector;
    }
}
