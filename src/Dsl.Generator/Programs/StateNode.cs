using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>A tensor that outlives a step: it is made by the constructor, belongs to a checkpoint, and ends with the
/// trainer.</summary>
/// <param name="Name">Its name in a checkpoint.</param>
/// <param name="Field">The private field.</param>
/// <param name="Summary">What it is, in a few words.</param>
/// <param name="Creation">How the constructor makes it, a C# expression.</param>
internal sealed record StateNode(string Name, string Field, string Summary, string Creation)
{
    /// <summary>What its elements start as, where that is not what they are made as.</summary>
    public double Initial { get; init; }

    /// <summary>The stream whose samples have a row each; null where the size is declared.</summary>
    public Stream? Rows { get; init; }

    /// <summary>The shape of a row.</summary>
    public Shape Row { get; init; }
}
