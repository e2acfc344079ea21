namespace Dsl.Runtime;

/// <summary>What an action led to in one of several environments.</summary>
/// <typeparam name="TObservation">What is seen.</typeparam>
/// <param name="Step">What it led to; its observation is the last one of the episode where that is over.</param>
/// <param name="Next">What the next action answers: the first observation of a new episode where the old one is over, else the
/// step's.</param>
/// <param name="Return">Rewards of the episode so far, this one included.</param>
/// <param name="Length">Steps of the episode so far.</param>
public readonly record struct VectorStep<TObservation>(
    EnvironmentStep<TObservation> Step, TObservation Next, double Return, int Length);
