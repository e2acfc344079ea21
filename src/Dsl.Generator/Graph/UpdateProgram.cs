using System.Collections.Generic;

namespace Dsl.Generator.Graph;

/// <summary>
/// An optimizer's update of all parameters, element by element over the flat arenas. It is emitted twice: as one fused pass
/// over the CPU's memory, and as tensor operations for every other device.
/// </summary>
internal sealed class UpdateProgram
{
    public const string Parameters = "parameter";
    public const string Gradients = "gradient";

    /// <summary>State vectors beside parameters and gradients: one element's name, the vector's, and what it holds.</summary>
    public List<(string Element, string Name, string Summary)> State { get; } = [];

    /// <summary>Numbers that are the same for all elements: name and C# expression; <c>learningRate</c> and <c>t</c> are in scope.</summary>
    public List<(string Name, string Code)> Coefficients { get; } = [];

    public List<UpdateStatement> Statements { get; } = [];

    public string Coefficient(string name, string code)
    {
        Coefficients.Add((name, code));
        return name;
    }

    public string Vector(string element, string name, string summary)
    {
        State.Add((element, name, summary));
        return element;
    }
}

/// <summary>One statement of an update.</summary>
internal abstract record UpdateStatement
{
    /// <summary>target ← keep·target + scale·term; null means the factor 1.</summary>
    public sealed record Blend(string Target, string? Keep, string? Scale, UpdateTerm Term) : UpdateStatement;

    /// <summary>A new vector: scale·√source + offset.</summary>
    public sealed record Root(string Name, string Scale, string Source, string Offset) : UpdateStatement;
}

/// <summary>What a <see cref="UpdateStatement.Blend"/> adds.</summary>
internal abstract record UpdateTerm
{
    public sealed record One(string Vector) : UpdateTerm;

    public sealed record Square(string Vector) : UpdateTerm;

    public sealed record Quotient(string Dividend, string Divisor) : UpdateTerm;
}

/// <summary>The learning rate as a function of the step.</summary>
/// <param name="Warmup">The number of warm-up steps as a C# expression; null without a warm-up.</param>
/// <param name="Body">C# statements over <c>step</c>, <c>warmup</c> and the trainer's properties, ending in a return.</param>
internal sealed record ScheduleProgram(string? Warmup, IReadOnlyList<string> Body, string Notation);
