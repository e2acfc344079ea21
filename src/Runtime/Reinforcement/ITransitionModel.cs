namespace Dsl.Runtime;

/// <summary>One of the things that an action can lead to.</summary>
/// <param name="Probability">In [0, 1].</param>
/// <param name="Next">The state then.</param>
/// <param name="Reward">What is earned.</param>
/// <param name="Terminated">Whether nothing can be earned from there on.</param>
public readonly record struct TransitionOutcome(double Probability, int Next, double Reward, bool Terminated);

/// <summary>An environment whose probabilities are known, so that it can be solved without acting in it.</summary>
public interface ITransitionModel
{
    /// <summary>How many states there are.</summary>
    int States { get; }

    /// <summary>How many actions there are in each.</summary>
    int Actions { get; }

    /// <summary>What an action can lead to; nothing where the state is an end, or none that can be reached.</summary>
    IReadOnlyList<TransitionOutcome> Outcomes(int state, int action);
}
