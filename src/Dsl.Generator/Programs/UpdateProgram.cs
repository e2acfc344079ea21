using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>
/// An optimizer's update of all parameters, element by element over the flat arenas. It is emitted three times: as one fused pass
/// over the CPU's memory, as a kernel for GPUs, and as tensor operations for every other type and device.
/// </summary>
/// <param name="isPartwise">Whether parameters differ in their settings.</param>
/// <param name="groupsDecay">Whether a parameter group has a weight decay of its own.</param>
/// <param name="isLayerwise">Whether steps depend on norms of whole parameters.</param>
/// <param name="number">Makes a property of the optimizer one of the trainer.</param>
/// <param name="cycled">What stands in the place of the optimizer's momentum; null for its own.</param>
internal sealed class UpdateProgram(
    bool isPartwise, bool groupsDecay, bool isLayerwise, Func<OptimizerAttribute, string, Scalar> number, Scalar? cycled)
{
    public const string Parameters = "parameter";
    public const string Gradients = "gradient";

    /// <summary>The weight decay of the parameters at hand, where they differ in it.</summary>
    public const string Decay = "decay";

    /// <summary>The arena of the matrix at hand.</summary>
    public const string Arena = "arena";

    /// <summary>The rows of the matrix at hand.</summary>
    public const string Rows = "rows";

    /// <summary>The columns of the matrix at hand.</summary>
    public const string Columns = "columns";

    /// <summary>Whether the parameter at hand has a ratio of norms of its own.</summary>
    public const string Adapts = "adapts";

    /// <summary>Whether parameters have ratios of norms: then each is a part of its own.</summary>
    public bool IsLayerwise { get; } = isLayerwise;

    /// <summary>Whether the update is made part by part, with <see cref="Decay"/> and the learning rate of each.</summary>
    public bool IsPartwise { get; } = isPartwise;

    /// <summary>The update of the parameters that are not taken as matrices; null where the update is that of all.</summary>
    public UpdateProgram? Others { get; set; }

    /// <summary>What the learning rate is multiplied by, in C#; null for 1.</summary>
    public string? RateFactor { get; set; }

    /// <summary>What the optimizer keeps, for all parameters.</summary>
    public IEnumerable<UpdateVector> AllState => Others is null ? State : State.Concat(Others.State);

    /// <summary>The optimizer's own weight decay as a C# expression; null without one.</summary>
    public string? OwnDecay { get; set; }

    /// <summary>Whether any parameter decays.</summary>
    public bool Decays => OwnDecay is not null || groupsDecay;

    /// <summary>What statements call the weight decay; null when no parameter decays.</summary>
    public string? DecayCode => IsPartwise && Decays ? Decay : OwnDecay;

    /// <summary>Where settings differ, for each arena in its order; empty for one pass over everything.</summary>
    public List<IReadOnlyList<UpdatePart>> Parts { get; } = [];

    /// <summary>Whether a coefficient depends on the number t of the update.</summary>
    public bool ReadsStepNumber { get; private set; }

    /// <summary>State vectors beside parameters and gradients.</summary>
    public List<UpdateVector> State { get; } = [];

    /// <summary>Numbers that are the same for all elements: name and C# expression; <c>learningRate</c> and <c>t</c> are in
    /// scope.</summary>
    public List<(string Name, string Code)> Coefficients { get; } = [];

    public List<UpdateStatement> Statements { get; } = [];

    /// <summary>The statements in their order: passes over elements, and between them single ones that are of whole
    /// parameters.</summary>
    public IEnumerable<UpdatePass> Passes
    {
        get
        {
            int kernels = 0;
            for (int first = 0; first < Statements.Count;)
            {
                var pass = Statements.Skip(first).TakeWhile(statement => !statement.IsBetweenPasses).ToList();
                first += Math.Max(1, pass.Count);
                if (pass.Count > 0) yield return new UpdatePass(pass, null, ++kernels, first == Statements.Count);
                else yield return new UpdatePass([], Statements[first - 1], 0, IsLast: false);
            }
        }
    }

    /// <summary>A property of the optimizer as one of the trainer, in C#.</summary>
    public string Number(OptimizerAttribute optimizer, string property) => number(optimizer, property).Code;

    /// <summary>The decay of the first moment: the optimizer's own, unless the schedule moves it.</summary>
    public string Momentum(OptimizerAttribute optimizer, string property) => (cycled ?? number(optimizer, property)).Code;

    /// <summary>The number of the update, counted from 1.</summary>
    public string StepNumber
    {
        get
        {
            ReadsStepNumber = true;
            return "t";
        }
    }

    public string Coefficient(string name, string code)
    {
        Coefficients.Add((name, code));
        return name;
    }

    public string Vector(string element, string name, string summary, double initial = 0)
    {
        State.Add(new UpdateVector(element, name, summary, initial));
        return element;
    }
}

/// <summary>Statements over elements, or one of whole parameters.</summary>
/// <param name="Statements">Those over elements.</param>
/// <param name="Whole">The one of whole parameters, which then stands alone.</param>
/// <param name="Number">Which of the passes over elements it is, from 1 on.</param>
/// <param name="IsLast">Whether gradients are cleared on the way.</param>
internal sealed record UpdatePass(
    IReadOnlyList<UpdateStatement> Statements, UpdateStatement? Whole, int Number, bool IsLast);

/// <summary>A state vector of an optimizer, a twin of the parameters.</summary>
/// <param name="Element">What one element is called.</param>
/// <param name="Name">What the vector is called.</param>
/// <param name="Initial">What its elements start as.</param>
internal sealed record UpdateVector(string Element, string Name, string Summary, double Initial)
{
    /// <summary>The name as that of a member.</summary>
    public string Member => char.ToUpperInvariant(Name[0]) + Name.Substring(1);
}

/// <summary>A part of the arena whose parameters have the same settings.</summary>
/// <param name="From">Its first element.</param>
/// <param name="To">The element after its last.</param>
/// <param name="LearningRate">C# expression; <c>learningRate</c> is in scope.</param>
/// <param name="WeightDecay">C# expression.</param>
/// <param name="Adapts">Whether it is one parameter with a ratio of norms of its own.</param>
/// <param name="Parameters">The names of its parameters.</param>
internal sealed record UpdatePart(
    long From, long To, string LearningRate, string WeightDecay, bool Adapts, IReadOnlyList<string> Parameters)
{
    /// <summary>The rows and columns of the one parameter that is taken as a matrix; null for others.</summary>
    public (long Rows, long Columns)? Matrix { get; init; }

    private const int Shown = 6;

    /// <summary>Which parameters they are, in one line.</summary>
    public string Comment => Parameters.Count <= Shown
        ? string.Join(", ", Parameters)
        : $"{string.Join(", ", Parameters.Take(Shown - 1))} and {Parameters.Count - Shown + 1} more";
}

/// <summary>The learning rate as a function of the step.</summary>
/// <param name="Warmup">The number of warm-up steps as a C# expression; null without a warm-up.</param>
/// <param name="Body">C# statements over <c>step</c>, <c>warmup</c> and the trainer's properties, ending in a return.</param>
internal sealed record ScheduleProgram(string? Warmup, IReadOnlyList<string> Body, string Notation);
