using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>A number that a step reports beside its losses, and that trains nothing.</summary>
/// <param name="Member">The member of the generated <c>Losses</c>.</param>
/// <param name="Value">The number, without dimensions.</param>
/// <param name="Summary">What it is, for the documentation of the member: a sentence with its full stop.</param>
internal sealed record StepReport(string Member, Value Value, string Summary)
{
    /// <summary>What <c>Fit</c> does before the first step, a statement; null for nothing.</summary>
    public string? Begin { get; init; }

    /// <summary>How it is told before the step is, a statement; null where it is told among the losses.</summary>
    public string? Told { get; init; }

    /// <summary>What the trainer's table says of it; null for nothing.</summary>
    public string? Row { get; init; }
}
