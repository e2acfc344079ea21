namespace Dsl.Runtime;

/// <summary>What an action led to.</summary>
/// <typeparam name="TObservation">What the agent sees.</typeparam>
/// <param name="Observation">What is seen then, the last one of an episode included.</param>
/// <param name="Reward">What the action earned.</param>
/// <param name="Terminated">Whether the task is over: nothing can be earned from here on, so that a value is 0.</param>
/// <param name="Truncated">Whether the episode is cut, as by a limit of time, though the task goes on: what could still be earned
/// is the value of <paramref name="Observation"/>.</param>
public readonly record struct EnvironmentStep<TObservation>(
    TObservation Observation, double Reward, bool Terminated, bool Truncated)
{
    /// <summary>Whether the episode is over, either way.</summary>
    public bool IsLast => Terminated || Truncated;
}
