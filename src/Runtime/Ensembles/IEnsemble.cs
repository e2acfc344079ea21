namespace Dsl.Runtime;

/// <summary>Several models as one.</summary>
/// <typeparam name="TNetwork">The members' declaration, or what they can do.</typeparam>
public interface IEnsemble<out TNetwork>
{
    /// <summary>The networks.</summary>
    IReadOnlyList<TNetwork> Members { get; }

    /// <summary>The weight of each, at least 0; of probabilities they add up to 1.</summary>
    IReadOnlyList<double> Weights { get; }

    /// <summary>How the members become one.</summary>
    EnsembleVote Vote { get; }
}
