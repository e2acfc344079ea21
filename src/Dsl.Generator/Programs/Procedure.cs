using System.Collections.Generic;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>An argument of a generated method.</summary>
internal sealed record ProcedureParameter(string Type, string Name, string Summary)
{
    /// <summary>What it is where it is left out, in C#; null where it must be given.</summary>
    public string? Default { get; init; }

    /// <summary>What it is held against; null for nothing.</summary>
    public Field? Declared { get; init; }
}

/// <summary>How often a procedure runs, and what it begins with: the parameters of a network, a copy of which has the last result
/// as its own.</summary>
/// <param name="Count">How often, in C#.</param>
/// <param name="Carried">The local that holds the parameters.</param>
/// <param name="Network">The network.</param>
internal sealed record ProcedureLoop(string Count, string Carried, Player Network);

/// <summary>A public method that asks a procedure of every batch of some data, with random numbers of its own where it has
/// any.</summary>
/// <param name="Name">The method.</param>
/// <param name="Result">A class of the runtime, whose method <c>Of</c> makes itself of the answers.</param>
/// <param name="Stream">The stream that the random numbers come from; null for none.</param>
/// <param name="Summary">What it returns: a sentence without its full stop.</param>
internal sealed record ProcedureEvaluation(string Name, string Result, string? Stream, string Summary)
{
    /// <summary>Whether the procedure takes labels behind the inputs.</summary>
    public bool ReadsLabels { get; init; }

    /// <summary>The class of the data, where they have more than inputs and labels; null for any source.</summary>
    public string? Source { get; init; }
}

/// <summary>A method of the generated trainer beside the step: a view, a teacher's answer, a sample.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">What it returns: a sentence without its full stop.</param>
/// <param name="Parameters">Its arguments.</param>
/// <param name="Computation">From the arguments to the result.</param>
/// <param name="Result">What it returns.</param>
internal sealed record Procedure(
    string Name, string Summary, IReadOnlyList<ProcedureParameter> Parameters, Computation Computation, Value Result)
{
    /// <summary>Whether users call it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>What is computed again and again from its own result; null for a computation that runs once.</summary>
    public ProcedureLoop? Loop { get; init; }

    /// <summary>Its random numbers, locals of the method.</summary>
    public IReadOnlyList<DrawnNumbers> Draws { get; init; } = [];

    /// <summary>The stream of its own, by a seed that is its last argument, that the random numbers come from; null where the
    /// caller gives the sampler.</summary>
    public string? Stream { get; init; }

    /// <summary>How many samples are drawn for, in C#.</summary>
    public string Samples { get; init; } = "";

    /// <summary>The argument that goes into the network's first input; null for none.</summary>
    public string? Input { get; init; }

    /// <summary>What is asked of the arguments beside their types, a statement; null for nothing.</summary>
    public string? Requirement { get; init; }

    /// <summary>The method that asks this one of data; null for none.</summary>
    public ProcedureEvaluation? Evaluation { get; init; }

    /// <summary>The local variable of a draw.</summary>
    public static string Local(DrawnNumbers draw) => char.ToLowerInvariant(draw.Name[0]) + draw.Name.Substring(1);
}
