namespace Dsl.Runtime;

/// <summary>A network whose recurrences go on from given states.</summary>
public interface IRecurrentModel
{
    /// <summary>The states that a pass starts from, and into which it writes those that it ends with, detached; null for a pass
    /// from zero states, which leaves none.</summary>
    RecurrentStates? CarriedStates { get; set; }

    /// <summary>Zero states for it.</summary>
    /// <param name="sequences">N, at least 1.</param>
    /// <returns>States in the network's precision and on its device; the caller disposes them.</returns>
    RecurrentStates NewStates(long sequences = 1);
}
