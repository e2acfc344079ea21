using System.Collections.Generic;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Lowering;

/// <summary>A batch as the network sees it.</summary>
/// <param name="Inputs">What goes into the network.</param>
internal sealed record MixedBatch(IReadOnlyList<Value> Inputs)
{
    /// <summary>The sample that each one is mixed with, [N]; null where labels are not mixed.</summary>
    public Value? Partners { get; init; }

    /// <summary>The share λ of a sample's own label, without dimensions; null where labels are not mixed.</summary>
    public Value? Share { get; init; }

    /// <summary>Places in the network at which samples are mixed, with the share of the own one.</summary>
    public IReadOnlyList<(string Point, Value Share)> Hidden { get; init; } = [];

    /// <summary>How many views of the batch follow each other in the inputs; objectives read the first.</summary>
    public int Views { get; init; } = 1;
}
