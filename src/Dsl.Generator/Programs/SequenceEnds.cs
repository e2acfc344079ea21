using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>Where the sequences of a value end: what lies behind is padding.</summary>
/// <param name="Lengths">How many places of each sample are its own, [N] integers.</param>
/// <param name="Dimension">The dimension that counts places.</param>
internal sealed record SequenceEnds(Value Lengths, int Dimension);
