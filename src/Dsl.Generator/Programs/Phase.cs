using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>A term of a total.</summary>
/// <param name="Name">The member of the generated <c>Losses</c>.</param>
/// <param name="Loss">Its value, without the weight.</param>
/// <param name="Weight">Its factor; null for 1.</param>
/// <param name="Notation">The term in mathematical notation, without the weight.</param>
internal sealed record Term(string Name, Value Loss, Scalar? Weight, string Notation)
{
    /// <summary>What the letters of the notation stand for, beside those that every technique uses alike.</summary>
    public IReadOnlyList<ExplainedSymbol> Symbols { get; init; } = [];

    /// <summary>Whether it is one of the declared objectives.</summary>
    public bool IsObjective { get; init; }

    /// <summary>What stands for the loss in the sum, where that is not the loss itself.</summary>
    public Value? Minimized { get; init; }

    /// <summary>Whether it is taken of the own label and of the partner's, each by its share.</summary>
    public bool IsMixed { get; init; }
}

/// <summary>One descent of a step: what is computed, the sum that is minimised, whom it trains, and the update. A step has one or
/// several, in order.</summary>
/// <param name="name">What it is called beside others: <c>Discriminator</c>; empty for the only one.</param>
/// <param name="backward">How its gradient is computed.</param>
internal sealed class Phase(string name, Backward backward)
{
    public string Name { get; set; } = name;

    public Backward Backward { get; } = backward;

    /// <summary>How many steps there are to each one that has this descent, a C# expression; null where every step has
    /// it.</summary>
    public string? Every { get; set; }

    /// <summary>The stream whose rows are computed one by one, and what they minimise added up; null for a batch at
    /// once.</summary>
    public Stream? Each { get; set; }

    /// <summary>What begins the names of its optimizer's numbers; empty for that of the trained network.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The terms and their sum; differentiated in place by the explicit target.</summary>
    public Computation Computation { get; } = new();

    public List<Term> Terms { get; } = [];

    public Value Total { get; set; } = null!;

    /// <summary>Each term as it stands in the sum.</summary>
    public List<Value> Summands { get; } = [];

    /// <summary>The networks that it trains.</summary>
    public List<Player> Learners { get; } = [];

    /// <summary>What the update works on.</summary>
    public List<Arena> Arenas { get; } = [];

    public UpdateProgram Update { get; set; } = null!;

    /// <summary>The members of the parameters that the update takes as matrices.</summary>
    public HashSet<string> Matrices { get; } = [];

    /// <summary>The optimizer as the declaration names it.</summary>
    public string OptimizerName { get; set; } = "";

    /// <summary>The bound on the gradient; null without one.</summary>
    public GradientClipping? Clipping { get; set; }

    /// <summary>What puts the gradients of the objectives together, in a descent that goes through autograd; null where they
    /// add up.</summary>
    public GradientCombination? Combination { get; set; }

    /// <summary>What else its gradient depends on; null for the batch alone.</summary>
    public GradientMemory? Remembered { get; set; }

    /// <summary>Where its gradient is taken; null for where the parameters are.</summary>
    public GradientPlace? Place { get; set; }

    /// <summary>C# statements that read its gradient as it was computed, before any bound on it.</summary>
    public List<string> BeforeClipping { get; } = [];

    /// <summary>C# statements before its update, and before its gradient is taken elsewhere.</summary>
    public List<string> BeforeUpdate { get; } = [];

    /// <summary>C# statements behind its update.</summary>
    public List<string> BehindUpdate { get; } = [];

    /// <summary>What its own update is followed by, before the next descent.</summary>
    public Computation AfterUpdate { get; } = new();

    /// <summary>Whether parameters that no network owns are trained, too.</summary>
    public bool TrainsOwn => Arenas.Any(arena => arena.IsOwn);

    /// <summary>Whether its gradient is computed by backward operations.</summary>
    public bool IsExplicit => Backward == Backward.Explicit;

    /// <summary>The step from which its updates are counted, in C#; null for the first.</summary>
    public string? CountsFrom { get; set; }

    /// <summary>The number of its update, counted from 1, in C#.</summary>
    public string UpdateNumber => (Every, CountsFrom) switch
    {
        (null, null) => "StepCount + 1",
        (null, { } from) => $"StepCount + 1 - {from}",
        ({ } every, null) => $"(StepCount + 1) / {every}",
        ({ } every, { } from) => $"((StepCount + 1) / {every}) - ({from} / {every})",
    };

    public bool Trains(string member) => Learners.Any(player => player.Field == member);
}

/// <summary>Parameters that an update changes, in one flat tensor.</summary>
/// <param name="Code">The arena, a C# expression.</param>
/// <param name="Owner">What begins the names of what an optimizer keeps for it; empty for the trained network.</param>
/// <param name="Parameters">Which they are.</param>
/// <param name="Layout">Where they lie.</param>
/// <param name="IsOwn">Whether they are the trainer's own.</param>
internal sealed record Arena(
    string Code, string Owner, IReadOnlyList<NetworkParameter> Parameters, ArenaLayout Layout, bool IsOwn = false)
{
    /// <summary>Whether its learning rate stays while that of others follows the schedule.</summary>
    public bool KeepsRate { get; init; }

    /// <summary>Whether they are those of the trained network.</summary>
    public bool IsOfModel => Owner.Length == 0;

    /// <summary>The arena as users see it, a member of the trainer.</summary>
    public string Member =>
        IsOwn ? "Adapters" : $"{(IsOfModel ? "Model" : char.ToUpperInvariant(Owner[0]) + Owner.Substring(1))}.Arena";

    /// <summary>What owns it, in a sentence.</summary>
    public string Words => IsOwn ? "adapters" : Owner;

    /// <summary>The field with the gradient of one of the trainer's own parameters.</summary>
    public static string Gradient(string member) => $"_{char.ToLowerInvariant(member[0])}{member.Substring(1)}Gradient";

    /// <summary>The field with an optimizer's state for it.</summary>
    public string Field(UpdateVector vector) => Owner.Length == 0 ? "_" + vector.Name : $"_{Owner}{vector.Member}";

    /// <summary>The name of that in a checkpoint.</summary>
    public string Saved(UpdateVector vector) =>
        Owner.Length == 0 ? $"optimizer.{vector.Name}" : $"optimizer.{Owner}.{vector.Name}";
}
