using System.Collections.Generic;

namespace Dsl.Generator.Programs;

/// <summary>Running statistics of a network that no pass of training has gathered, and that are measured on the data.</summary>
/// <param name="Player">The network.</param>
/// <param name="Layers">Its normalisations.</param>
/// <param name="From">Whether <c>Fit</c> measures them at the end of an epoch, in C#.</param>
internal sealed record MeasuredStatistics(Player Player, IReadOnlyList<MeasuredStatistics.Layer> Layers, string From)
{
    /// <summary>A normalisation.</summary>
    /// <param name="Mean">The buffer of its running mean, by its name in a state dictionary.</param>
    /// <param name="Variance">Likewise of the variance.</param>
    /// <param name="Momentum">How much of it a batch gives.</param>
    internal sealed record Layer(string Mean, string Variance, double Momentum);
}
