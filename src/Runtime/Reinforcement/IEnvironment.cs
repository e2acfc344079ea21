namespace Dsl.Runtime;

/// <summary>What an agent acts in, one episode after another, with Gymnasium's step semantics.</summary>
/// <typeparam name="TObservation">What the agent sees.</typeparam>
/// <typeparam name="TAction">What the agent does.</typeparam>
/// <remarks>The same seed and the same actions give the same episode, on every machine: whatever is random comes from the seed of
/// <see cref="Reset"/>. Resuming a run relies on it.</remarks>
public interface IEnvironment<TObservation, TAction>
{
    /// <summary>What can be seen.</summary>
    ISpace<TObservation> Observations { get; }

    /// <summary>What can be done.</summary>
    ISpace<TAction> Actions { get; }

    /// <summary>Begins an episode; the present one ends without a word.</summary>
    /// <param name="seed">What its random numbers are drawn from.</param>
    /// <returns>The first observation.</returns>
    TObservation Reset(long seed);

    /// <summary>Acts once.</summary>
    /// <param name="action">Of <see cref="Actions"/>.</param>
    /// <exception cref="InvalidOperationException">No episode has begun, or it is over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    EnvironmentStep<TObservation> Step(TAction action);

    /// <summary>The present state as lines of text, for a terminal.</summary>
    string Render();
}
