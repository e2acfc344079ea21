using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>A tensor, or several in an object, that outlives a step: it is made by the constructor, belongs to a checkpoint,
/// and ends with the trainer.</summary>
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

    /// <summary>Its class in generated code.</summary>
    public string Type { get; init; } = "Tensor";

    /// <summary>Of an object, the members that a checkpoint holds, each with its name there; none for a tensor.</summary>
    public IReadOnlyList<(string Name, string Member)> Members { get; init; } = [];

    /// <summary>Whether what a step gives it waits for the update, and is dropped where that is not made.</summary>
    public bool Waits { get; init; }

    /// <summary>Whether how large it is depends on what has happened, so that resuming makes room for it.</summary>
    public bool Grows { get; init; }

    /// <summary>The public property that shows it to users; null for none.</summary>
    public string? Property { get; init; }

    /// <summary>The statement that starts it by the trainer's seed; null where its start is not random.</summary>
    public string? Start { get; init; }

    /// <summary>Whether the declaration says all of it, so that a checkpoint need not hold it.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>What a checkpoint holds: names and C# expressions.</summary>
    public IEnumerable<(string Name, string Code)> Saved => IsDeclared ? [] : Members.Count == 0
        ? [(Name, Field)] : Members.Select(part => (part.Name, $"{Field}.{part.Member}"));
}
